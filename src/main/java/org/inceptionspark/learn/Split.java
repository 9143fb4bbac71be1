package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sha2;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.inceptionspark.job.failure.ConfigurationException;

/**
 * Which labelled images are kept for validation: a share of each class, at least one image, by a
 * hash of the image's bytes. So the same labels are split in the same way wherever the images are
 * stored, and copies of an image are on the same side.
 *
 * @param validation share, below 1; with 0 all images are used for training
 * @param seed for different splits of the same images
 */
public record Split(double validation, long seed) {
  public Split {
    if (!(validation >= 0 && validation < 1)) {
      throw new ConfigurationException(
          "validation must be at least 0 and below 1, found " + validation);
    }
  }

  /**
   * The classes in alphabetical order.
   *
   * @throws ConfigurationException unless there are two or more, each with two different images if
   *     some are for validation
   */
  List<String> classes(Dataset<Row> rows) {
    List<Row> counts =
        rows.groupBy("label")
            .agg(countDistinct(coalesce(col("sha256"), col("path"))))
            .orderBy("label")
            .collectAsList();
    List<String> classes = counts.stream().map(row -> row.getString(0)).toList();
    if (classes.size() < 2) {
      throw new ConfigurationException(
          "a head needs images of two classes or more, found " + classes);
    }
    List<String> small = new ArrayList<>();
    counts.stream()
        .filter(row -> row.getLong(1) < fewest())
        .forEach(row -> small.add(row.getString(0)));
    if (!small.isEmpty()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "each class needs %d different images, one to learn from and one to validate with; too few of: %s",
              fewest(),
              String.join(", ", small)));
    }
    return classes;
  }

  private int fewest() {
    return validation == 0 ? 1 : 2;
  }

  /** The same rows with a column {@code validation}. */
  Dataset<Row> mark(Dataset<Row> rows) {
    if (validation == 0) {
      return rows.withColumn("validation", lit(false));
    }
    return rows.withColumn(
            "drawn", sha2(concat(lit(seed + ":"), coalesce(col("sha256"), col("path"))), 256))
        .withColumn("rank", dense_rank().over(Window.partitionBy("label").orderBy("drawn")))
        .withColumn("images", max("rank").over(Window.partitionBy("label")))
        .withColumn(
            "validation",
            col("rank")
                .leq(
                    least(
                        col("images").minus(lit(1)),
                        greatest(lit(1), round(col("images").multiply(lit(validation)))))))
        .drop("drawn", "rank", "images");
  }
}
