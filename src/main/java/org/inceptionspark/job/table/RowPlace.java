package org.inceptionspark.job.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.inceptionspark.job.failure.ConfigurationException;

/**
 * Columns of a source that say where a row is stored.
 *
 * @param file URI of the Parquet file
 * @param position of the row there, from 0, deleted ones included
 * @param ofFiles whether the source consists of files only, and can name them
 */
public record RowPlace(Column file, Column position, boolean ofFiles) {
  private static final UDF1<String, String> AS_URI = path -> new Path(path).toUri().toString();

  /**
   * The file in such a column, which is escaped like a URI.
   *
   * @throws IllegalArgumentException if it is not a URI
   */
  public static Path path(String file) {
    return new Path(URI.create(file));
  }

  /** Empty for rows that do not come from files, or whose source does not say. */
  public static Optional<RowPlace> of(Dataset<Row> rows) {
    Column iceberg = udf(AS_URI, DataTypes.StringType).apply(col("_file"));
    return Stream.of(
            new RowPlace(col("_metadata.file_path"), col("_metadata.row_index"), true),
            new RowPlace(iceberg, col("_pos"), false))
        .filter(place -> place.isIn(rows))
        .findFirst();
  }

  /**
   * @throws ConfigurationException if the rows do not say where they are stored
   */
  public static RowPlace required(Dataset<Row> rows) {
    return of(rows)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "search needs the rows of a labels table as they are read from Parquet or"
                        + " Iceberg, or from Delta without deletion vectors and renamed columns"));
  }

  private boolean isIn(Dataset<Row> rows) {
    try {
      rows.select(file, position);
      return true;
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      return false;
    }
  }
}
