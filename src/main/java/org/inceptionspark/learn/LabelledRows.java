package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.table.NewestRows;

/**
 * The rows of a labels table that a user has labelled: the table's columns and {@code label}. A
 * path need not be the whole URI: {@code cats/1.jpg} is the image whose path ends with it. {@link
 * NewestRows} says which row of an image counts.
 *
 * @param labels number of labelled paths
 * @param unknown a few of those without a row
 * @param matched number of those with a row
 * @param failures rows without an embedding, by kind of error
 * @param all rows that were found, persisted until {@link #close}
 */
public record LabelledRows(
    long labels, long matched, List<String> unknown, Map<String, Long> failures, Dataset<Row> all)
    implements AutoCloseable {
  private static final int EXAMPLES = 3;

  /**
   * Finds the rows.
   *
   * @param table rows of one model
   * @param labels columns path and label
   * @throws ConfigurationException if no path is in the table, or one matches several images
   */
  public static LabelledRows of(Dataset<Row> table, Dataset<Row> labels) {
    Dataset<Row> keyed =
        labels.withColumn("key", expr("regexp_replace(path, '^(file:/*|/+|\\\\./)', '')"));
    Dataset<Row> wanted = keyed.select(col("key"), col("label"), col("path").as("labelled"));
    int tasks = table.sparkSession().sparkContext().defaultParallelism(); // few rows are left
    Dataset<Row> found =
        NewestRows.ofEach(
                table.withColumn("key", explode(suffixes(lengths(keyed)))).join(wanted, "key"),
                "labelled")
            .coalesce(tasks)
            .persist(StorageLevel.MEMORY_AND_DISK());
    requireOneImageEach(found);
    long matched = found.select("labelled").distinct().count();
    long total = labels.count();
    List<String> unknown =
        matched == total
            ? List.of()
            : unknown(wanted.join(found, wanted.col("key").equalTo(found.col("key")), "left_anti"));
    if (matched == 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "none of the %d labelled paths is in the table: %s%s; its paths are such as %s",
              total,
              String.join(", ", unknown),
              total > unknown.size() ? ", ..." : "",
              example(table)));
    }
    Map<String, Long> failures = new TreeMap<>();
    found
        .where("error is not null")
        .groupBy("error.kind")
        .count()
        .collectAsList()
        .forEach(row -> failures.put(row.getString(0), row.getLong(1)));
    return new LabelledRows(total, matched, unknown, failures, found);
  }

  /**
   * The numbers of path segments of the labels; the table's paths are compared by their last
   * segments.
   */
  private static List<Integer> lengths(Dataset<Row> keyed) {
    return keyed
        .select(size(split(col("key"), "/")).as("parts"))
        .distinct()
        .orderBy("parts")
        .collectAsList()
        .stream()
        .map(row -> row.getInt(0))
        .toList();
  }

  private static Column suffixes(List<Integer> lengths) {
    Column parts = split(col("path"), "/");
    Column[] suffixes =
        lengths.stream()
            .map(
                length ->
                    when(size(parts).geq(length), concat_ws("/", slice(parts, -length, length))))
            .toArray(Column[]::new);
    return array(suffixes);
  }

  private static void requireOneImageEach(Dataset<Row> found) {
    List<Row> several =
        found
            .groupBy("labelled")
            .agg(countDistinct("path").as("images"), min("path"), max("path"))
            .where("images > 1")
            .orderBy("labelled")
            .limit(1)
            .collectAsList();
    if (!several.isEmpty()) {
      Row row = several.get(0);
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "the labelled path %s fits %d images, such as %s and %s",
              row.getString(0),
              row.getLong(1),
              row.getString(2),
              row.getString(3)));
    }
  }

  private static List<String> unknown(Dataset<Row> labels) {
    return labels.select("labelled").orderBy("labelled").limit(EXAMPLES).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static String example(Dataset<Row> table) {
    return table.select("path").limit(1).collectAsList().stream()
        .map(row -> row.getString(0))
        .findFirst()
        .orElse("absent, it has no rows");
  }

  /** The images that have an embedding. */
  public Dataset<Row> rows() {
    return all.where("prelogits is not null");
  }

  @Override
  public void close() {
    all.unpersist();
  }
}
