package org.inceptionspark.job.catalog;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.RetriedImages;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.Night;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.job.table.TableCommits;

/**
 * Commits to a table in a catalog. Spark computes and persists the rows of a chunk; then one {@code
 * MERGE}, which is one commit of the format, inserts new rows and replaces those that give way, so
 * that no reader sees half a chunk or an image twice.
 *
 * <p>There is no lease: if two runs add or replace the same rows, the format refuses the later
 * commit, and that run merges its rows again into the new version. A driver that dies has committed
 * all of the chunk or nothing; a commit whose outcome is unknown is repeated, and finds its own
 * rows if they are there.
 */
final class CatalogCommits implements TableCommits {
  private static final List<String> VERSION =
      List.of(
          SourceImage.PATH, SourceImage.LENGTH, SourceImage.MODIFIED, SourceImage.ETAG, "model");

  private final SparkSession spark;
  private final CatalogTable labels;
  private final CatalogName table;
  private final TableFormat format;
  private final Night night;
  private Optional<Dataset<Row>> earlier = Optional.empty();
  private final List<PersistedDataset> kept = new ArrayList<>();
  private RetriedImages again = RetriedImages.NONE;

  CatalogCommits(
      SparkSession spark, CatalogTable labels, CatalogName table, TableFormat format, Night night) {
    this.spark = spark;
    this.labels = labels;
    this.table = table;
    this.format = format;
    this.night = night;
  }

  @Override
  public Optional<PersistedDataset> replaceable(Dataset<Row> objects) {
    earlier = labels.held().map(night::replaceable);
    Optional<PersistedDataset> found =
        earlier.map(rows -> PersistedDataset.of(versions(rows, objects)));
    if (found.isPresent() && found.get().rows().isEmpty()) {
      found.get().close();
      return Optional.empty();
    }
    return found;
  }

  private static Dataset<Row> versions(Dataset<Row> rows, Dataset<Row> objects) {
    return rows.as("o").join(objects.as("r"), ExistingRows.sameVersion(), "left_semi");
  }

  /** They do not change: existing rows were read from one version of the table. */
  @Override
  public Dataset<Row> materialised(Dataset<Row> objects, String name) {
    PersistedDataset persisted = PersistedDataset.of(objects);
    kept.add(persisted);
    return persisted.rows();
  }

  @Override
  public String append(Dataset<Row> rows) throws IOException {
    return commit(rows, Way.ADDED);
  }

  @Override
  public String replace(Dataset<Row> rows) throws IOException {
    return commit(rows, Way.REPLACING);
  }

  private String commit(Dataset<Row> rows, Way way) throws IOException {
    try (PersistedDataset chunk = PersistedDataset.of(inTable(rows))) {
      chunk.rows().write().format("noop").mode("overwrite").save(); // computes, once
      RetriedImages more = way == Way.REPLACING ? askedAgain(chunk.rows()) : RetriedImages.NONE;
      CommitRetries.of(labels.name()).run(() -> merge(chunk.rows()));
      again = again.plus(more);
      return format.name().toLowerCase(Locale.ROOT);
    } catch (RunException e) {
      throw e;
    } catch (Exception e) { // Spark throws undeclared checked exceptions
      throw new RunException("labels into " + labels.name() + ": " + StorageFailure.describe(e), e);
    }
  }

  /**
   * The labels' columns, under the table's names for them; end points of other nights are null.
   * Columns that others have added are left to them, with their defaults.
   */
  private Dataset<Row> inTable(Dataset<Row> rows) {
    Dataset<Row> dated = rows.withColumn(LabelTable.RUN_DATE, lit(night.runDate()));
    Map<String, String> present = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List.of(dated.columns()).forEach(name -> present.put(name, name));
    List<Column> columns = new ArrayList<>();
    for (StructField column : spark.table(table.sql()).schema().fields()) {
      String name = column.name();
      if (present.containsKey(name)) {
        columns.add(col(quoted(present.get(name))).as(name));
      } else if (column.dataType().asNullable().equals(LabelTable.FLOATS.asNullable())) {
        columns.add(lit(null).cast(column.dataType()).as(name));
      }
    }
    return dated.select(columns.toArray(Column[]::new));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private RetriedImages askedAgain(Dataset<Row> rows) {
    Dataset<Row> unread =
        earlier.orElseThrow().where(ExistingRows.worth(ExistingRows.KIND).equalTo(0));
    Dataset<Row> now =
        rows.where(col("model").equalTo(night.columns().model()))
            .withColumn(ExistingRows.KIND, col("error.kind"));
    Row counts =
        versions(now, unread)
            .agg(
                functions.count(lit(1)), count_if(ExistingRows.worth(ExistingRows.KIND).equalTo(0)))
            .head();
    return new RetriedImages(counts.getLong(0), counts.getLong(1));
  }

  private void merge(Dataset<Row> chunk) throws RunException {
    if (chunk.isEmpty()) {
      return;
    }
    night.gate().enter();
    table.refresh(spark);
    try (SourceRows rows = SourceRows.of(onlyOnce(chunk));
        SessionSettings settings = format.commitSettings(spark, night.runId())) {
      spark.sql(statement(rows)).collectAsList();
    }
  }

  /** An input table may have the same image twice; two versions of one row cannot be merged. */
  private static Dataset<Row> onlyOnce(Dataset<Row> chunk) {
    String[] version = VERSION.toArray(String[]::new);
    boolean twice =
        !chunk
            .groupBy(Arrays.stream(version).map(functions::col).toArray(Column[]::new))
            .count()
            .where(col("count").gt(1))
            .isEmpty();
    return twice ? chunk.dropDuplicates(version) : chunk;
  }

  private String statement(SourceRows rows) {
    return "MERGE INTO "
        + table.sql()
        + " o USING "
        + rows.view()
        + " r ON o.path = r.path AND o.length = r.length AND o.modified = r.modified"
        + " AND o.etag <=> r.etag AND o.model = r.model AND "
        + rows.within("o")
        + " WHEN MATCHED AND "
        + mayBeReplaced()
        + " AND "
        + worth("r")
        + " >= "
        + worth("o")
        + " THEN UPDATE SET "
        + each(rows, "%1$s = r.%1$s")
        + " WHEN NOT MATCHED THEN INSERT ("
        + each(rows, "%s")
        + ") VALUES ("
        + each(rows, "r.%s")
        + ")";
  }

  private static String each(SourceRows rows, String form) {
    return Stream.of(rows.rows().columns())
        .map(name -> String.format(Locale.ROOT, form, quoted(name)))
        .collect(Collectors.joining(", "));
  }

  /** As in {@link Night#replaceable}. */
  private String mayBeReplaced() {
    return switch (night.relabel()) {
      case NONE, STALE -> worth("o") + " = 0";
      case ERRORS -> "o.error IS NOT NULL";
      case ALL -> "true";
    };
  }

  /** As in {@link ExistingRows#worth}. */
  private static String worth(String row) {
    return "(CASE WHEN "
        + row
        + ".error IS NULL THEN 2 WHEN "
        + row
        + ".error.kind IN ("
        + ExistingRows.WORTH_ANOTHER_TRY
        + ") THEN 0 ELSE 1 END)";
  }

  @Override
  public RetriedImages retried() {
    return again;
  }

  /** Every chunk is committed already. */
  @Override
  public void end() {}

  @Override
  public void close() {
    kept.forEach(PersistedDataset::close);
  }
}
