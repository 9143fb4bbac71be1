package org.inceptionspark.report;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.report.NightFigures.Failure;
import org.inceptionspark.report.NightFigures.LabelCount;
import org.inceptionspark.report.NightFigures.Totals;

/** Queries of a labels table about one night and the one before. */
final class NightQuery {
  private static final Column BEST = col("top").getItem(0);
  private static final Pattern PARTITION = Pattern.compile("/run_date=(\\d{4}-\\d{2}-\\d{2})/");
  private static final Column NIGHT = col("run_date").cast("string");

  private final Dataset<Row> rows;
  private final String night;
  private final Optional<String> before;

  private NightQuery(Dataset<Row> rows, String night, Optional<String> before) {
    this.rows = rows;
    this.night = night;
    this.before = before;
  }

  /**
   * @param wanted the night; if empty, the latest
   * @throws ConfigurationException if the table has no such night
   */
  static NightQuery of(Dataset<Row> table, String name, Optional<String> wanted) {
    TreeSet<String> nights = nights(table);
    if (nights.isEmpty()) {
      throw new ConfigurationException("table " + name + " is empty");
    }
    String night = wanted.orElse(nights.last());
    if (!nights.contains(night)) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "table %s has no night %s; it has %d, from %s to %s",
              name,
              night,
              nights.size(),
              nights.first(),
              nights.last()));
    }
    Optional<String> before = Optional.ofNullable(nights.lower(night));
    return new NightQuery(images(table, night, before), night, before);
  }

  /** From the partitions that Spark has listed already; no file is opened. */
  private static TreeSet<String> nights(Dataset<Row> table) {
    TreeSet<String> named = named(table);
    return named.isEmpty()
        ? new TreeSet<>(table.select(NIGHT).distinct().as(Encoders.STRING()).collectAsList())
        : named;
  }

  private static TreeSet<String> named(Dataset<Row> table) {
    return Arrays.stream(table.inputFiles())
        .map(PARTITION::matcher)
        .filter(Matcher::find)
        .map(partition -> partition.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The night of these figures. */
  static NightQuery of(Dataset<Row> table, NightFigures figures) {
    Dataset<Row> rows = images(table, figures.night(), figures.before());
    return new NightQuery(rows, figures.night(), figures.before());
  }

  /** Each image once per night: {@link NewestRows} among that night's rows. */
  private static Dataset<Row> images(Dataset<Row> table, String night, Optional<String> before) {
    Dataset<Row> rows =
        table
            .where(NIGHT.isin(night, before.orElse(night)))
            .select(
                NIGHT.as("night"),
                col("run_date"),
                col("path"),
                col("length"),
                col("modified"),
                col("sha256"),
                col("model"),
                col("error"),
                BEST.as("best"));
    return NewestRows.ofEach(rows, "night");
  }

  String night() {
    return night;
  }

  Optional<String> before() {
    return before;
  }

  Totals totals() {
    return totals(night);
  }

  Totals totalsBefore() {
    return before.map(this::totals).orElse(Totals.NONE);
  }

  private Totals totals(String date) {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    long bytes = 0;
    TreeSet<String> models = new TreeSet<>();
    List<Row> groups =
        of(date)
            .groupBy(coalesce(col("error.kind"), lit(Outcome.LABELLED.name())))
            .agg(count(lit(1)), sum("length"), collect_set("model"))
            .collectAsList();
    for (Row group : groups) {
      counts.put(Outcome.valueOf(group.getString(0)), group.getLong(1));
      bytes += group.getLong(2);
      models.addAll(group.getList(3));
    }
    return new Totals(counts, bytes, List.copyOf(models));
  }

  private Dataset<Row> of(String date) {
    return rows.where(col("night").equalTo(date));
  }

  private Dataset<Row> labelled() {
    return of(night).where(col("best").isNotNull());
  }

  /** Labels of this night or the one before, by their images in this one. */
  private Dataset<Row> labelCounts() {
    Column now = col("night").equalTo(night);
    return rows.where(col("night").isin(night, before.orElse(night)))
        .where(col("best").isNotNull())
        .groupBy(col("best.label").as("label"))
        .agg(
            count_if(now).as("images"),
            count_if(now.unary_$bang()).as("before"),
            avg(when(now, col("best.probability"))).as("probability"));
  }

  List<LabelCount> labels(int most) {
    return labelCounts()
        .orderBy(col("images").desc(), col("before").desc(), col("label"))
        .limit(most)
        .collectAsList()
        .stream()
        .map(
            row ->
                new LabelCount(
                    row.getString(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.isNullAt(3) ? 0 : row.getDouble(3)))
        .toList();
  }

  long labelsInAll() {
    return labelCounts().count();
  }

  List<Failure> failures(int most) {
    return of(night)
        .where(col("error").isNotNull())
        .select("path", "error.kind", "error.message")
        .orderBy("kind", "path")
        .limit(most)
        .collectAsList()
        .stream()
        .map(row -> new Failure(row.getString(0), row.getString(1), row.getString(2)))
        .toList();
  }

  /** Some images of each label; the same ones each time. */
  List<SampleImage> samples(List<String> labels, int each) {
    return samples(
        labelled()
            .where(col("best.label").isin(labels.toArray()))
            .withColumn(
                "place",
                row_number()
                    .over(
                        Window.partitionBy("best.label")
                            .orderBy(xxhash64(col("path")), col("path"))))
            .where(col("place").leq(each))
            .orderBy("best.label", "place"));
  }

  /** The images whose best label has the lowest probability. */
  List<SampleImage> leastSure(int most) {
    return samples(labelled().orderBy(col("best.probability"), col("path")).limit(most));
  }

  private static List<SampleImage> samples(Dataset<Row> chosen) {
    return chosen
        .select("path", "best.index", "best.label", "best.probability")
        .collectAsList()
        .stream()
        .map(
            row ->
                new SampleImage(row.getString(0), row.getInt(1), row.getString(2), row.getFloat(3)))
        .toList();
  }
}
