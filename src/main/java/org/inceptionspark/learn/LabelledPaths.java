package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.trim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.LocalCopy;
import org.inceptionspark.job.storage.Location;
import org.inceptionspark.job.storage.NamedFile;

/**
 * A user's labels of images: columns {@code path} and {@code label}, from a CSV file with a header
 * (UTF-8, RFC 4180 quotes) or a Parquet table. Other columns are ignored.
 */
public final class LabelledPaths {
  private LabelledPaths() {}

  /**
   * Reads the file or table; each path once.
   *
   * @throws ConfigurationException if it cannot be read, lacks a column or a value, or gives an
   *     image two labels
   */
  public static Dataset<Row> read(SparkSession spark, String source) {
    Dataset<Row> labels = columns(source, open(spark, source)).distinct();
    long incomplete =
        labels.where("path is null or label is null or path = '' or label = ''").count();
    if (incomplete > 0) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "labels %s: %d rows have no path or no label", source, incomplete));
    }
    requireOneLabelEach(source, labels);
    return labels;
  }

  private static Dataset<Row> columns(String source, Dataset<Row> table) {
    List<String> found =
        Arrays.stream(table.columns())
            .map(name -> name.strip().toLowerCase(java.util.Locale.ROOT))
            .toList();
    if (!found.containsAll(List.of("path", "label"))) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT, "labels %s: needs the columns path and label, found %s", source, found));
    }
    return table
        .toDF(found.toArray(String[]::new))
        .select(trim(col("path")).as("path"), trim(col("label").cast("string")).as("label"));
  }

  private static Dataset<Row> open(SparkSession spark, String source) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    try {
      return isTable(source, hadoop)
          ? spark.read().parquet(source)
          : csv(spark, lines(source, hadoop));
    } catch (IOException e) {
      throw new ConfigurationException("labels " + source + ": " + StorageFailure.describe(e), e);
    }
  }

  private static boolean isTable(String source, Configuration hadoop) throws IOException {
    if (source.endsWith(".parquet")) {
      return true;
    }
    if (NamedFile.onThisMachine(source, hadoop).isPresent()) {
      return Files.isDirectory(NamedFile.onThisMachine(source, hadoop).orElseThrow());
    }
    Location location = Location.of(source, hadoop);
    return location.fileSystem().getFileStatus(location.path()).isDirectory();
  }

  /** Read on the driver: a file of labels is usually on its author's machine. */
  private static List<String> lines(String source, Configuration hadoop) throws IOException {
    try (LocalCopy copy = LocalCopy.ofFile(source, hadoop)) {
      List<String> lines = new ArrayList<>(Files.readAllLines(copy.path(), StandardCharsets.UTF_8));
      if (!lines.isEmpty()) {
        lines.set(0, lines.get(0).replaceFirst("^\uFEFF", ""));
      }
      return lines;
    }
  }

  private static Dataset<Row> csv(SparkSession spark, List<String> lines) {
    return spark
        .read()
        .option("header", true)
        .option("escape", "\"")
        .csv(spark.createDataset(lines, Encoders.STRING()));
  }

  private static void requireOneLabelEach(String source, Dataset<Row> labels) {
    List<Row> twice =
        labels
            .groupBy("path")
            .agg(countDistinct("label").as("labels"))
            .where("labels > 1")
            .orderBy("path")
            .limit(1)
            .collectAsList();
    if (!twice.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "labels %s: %d labels for %s",
              source,
              twice.get(0).getLong(1),
              twice.get(0).getString(0)));
    }
  }
}
