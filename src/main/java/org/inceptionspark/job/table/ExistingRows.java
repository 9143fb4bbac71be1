package org.inceptionspark.job.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.storage.LiteralPaths;

/**
 * The rows that a table holds, reduced to the narrow columns that identify versions of objects:
 * {@code path, length, modified, etag, sha256, model, kind, file, place}. They never come to the
 * driver.
 */
public final class ExistingRows {
  /** Null for labelled images. */
  public static final String KIND = "kind";

  /** URI of the row's file. */
  public static final String FILE = "file";

  /** Position of the row in that file, from 0. */
  public static final String PLACE = "place";

  /** Kinds of errors that are not final, as SQL lists them. */
  public static final String WORTH_ANOTHER_TRY =
      Arrays.stream(Outcome.worthAnotherTry())
          .map(kind -> "'" + kind + "'")
          .collect(Collectors.joining(", "));

  private static final StructType COLUMNS =
      SourceImage.VERSION
          .add("sha256", DataTypes.StringType)
          .add("model", DataTypes.StringType)
          .add("error", new StructType().add(KIND, DataTypes.StringType));

  private ExistingRows() {}

  /** Rows of the files in a directory, of a table or not. */
  public static Dataset<Row> read(SparkSession spark, Path directory) {
    return read(spark, List.of(directory));
  }

  /** Rows of directories or files. */
  public static Dataset<Row> read(SparkSession spark, Collection<Path> paths) {
    return narrow(
        spark
            .read()
            .schema(COLUMNS)
            .parquet(LiteralPaths.of(paths.stream().map(Path::toString).toArray(String[]::new)))
            .withColumn(FILE, col("_metadata.file_path"))
            .withColumn(PLACE, col("_metadata.row_index")));
  }

  /** Reduces rows of a table that have {@link #FILE} and {@link #PLACE}. */
  public static Dataset<Row> narrow(Dataset<Row> rows) {
    return rows.select(
        col(SourceImage.PATH),
        col(SourceImage.LENGTH),
        col(SourceImage.MODIFIED),
        col(SourceImage.ETAG),
        col("sha256"),
        col("model"),
        col("error." + KIND).as(KIND),
        col(FILE),
        col(PLACE));
  }

  /** Labelled, or with an error that another attempt would not change. */
  public static Column isFinal() {
    return col(KIND).isNull().or(not(col(KIND).isin(Outcome.worthAnotherTry())));
  }

  /**
   * The rank of a row, from the column with its {@link #KIND}: 2 with labels, 1 with an error that
   * is final, 0 with another.
   */
  public static Column worth(String kind) {
    return when(col(kind).isNull(), 2)
        .when(col(kind).isin(Outcome.worthAnotherTry()), 0)
        .otherwise(1);
  }

  /** The join condition of tables with the aliases {@code o} and {@code r}. */
  public static Column sameVersion() {
    return same(SourceImage.PATH)
        .and(same(SourceImage.LENGTH))
        .and(same(SourceImage.MODIFIED))
        .and(col("o." + SourceImage.ETAG).eqNullSafe(col("r." + SourceImage.ETAG)));
  }

  private static Column same(String column) {
    return col("o." + column).equalTo(col("r." + column));
  }
}
