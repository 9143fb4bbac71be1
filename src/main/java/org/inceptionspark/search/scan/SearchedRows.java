package org.inceptionspark.search.scan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.job.table.PartitionPredicate;

/**
 * The rows that a search compares: the images of a table that have an embedding. {@link NewestRows}
 * says which row of an image counts.
 *
 * @param all rows of the table, including unwanted ones that may be newer than a wanted one
 * @param wanted condition on the newest row of an image
 */
public record SearchedRows(Dataset<Row> all, Column wanted) {

  /**
   * @param table as it is read from Parquet
   */
  public static SearchedRows in(Dataset<Row> table) {
    return new SearchedRows(table, col("error").isNull());
  }

  public SearchedRows model(String fingerprint) {
    return new SearchedRows(all.where(col("model").equalTo(fingerprint)), wanted);
  }

  /**
   * Only images for which this SQL condition holds too; parts on nights alone select the nights.
   */
  public SearchedRows where(String condition) {
    return new SearchedRows(
        PartitionPredicate.restrict(all, condition), wanted.and(expr(condition)));
  }

  /** Rows that are wanted if they are the newest. */
  public Dataset<Row> candidates() {
    return all.where(wanted);
  }

  /**
   * The rows that count: the columns of {@link RowReference}, and {@code sha256}. Found by a
   * shuffle of these columns; nothing comes to the driver.
   */
  public Dataset<Row> newest() {
    return NewestRows.ofNarrow(narrow(wanted.as("wanted")))
        .where("wanted")
        .select("file", "position", "path", "run_date", "modified", "sha256");
  }

  /** The number of tasks with which Spark would read the files. */
  public int tasks() {
    return Math.max(1, EmbeddingScan.references(all).queryExecution().toRdd().getNumPartitions());
  }

  /** All rows of these paths, with the columns that say which of them counts. */
  Dataset<Row> newestOf(Object[] paths) {
    return NewestRows.ofNarrow(
        new SearchedRows(all.where(col("path").isin(paths)), wanted).narrow(wanted.as("wanted")));
  }

  private Dataset<Row> narrow(Column more) {
    return EmbeddingScan.references(all, col("sha256"), col("model"), col("error"), more);
  }
}
