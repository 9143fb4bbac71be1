package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.timestamp_seconds;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where images come from: objects to be read, or tables that hold their bytes. */
public final class ImageSource {
  private static final byte[] NOTHING = {};

  /** Whether the bytes are in the rows or still in storage. */
  public enum Bytes {
    IN_STORAGE,
    IN_ROWS
  }

  private final Dataset<Row> rows;
  private final Bytes bytes;
  private final Supplier<PassedOver> passedOver;

  private ImageSource(Dataset<Row> rows, Bytes bytes, Supplier<PassedOver> passedOver) {
    this.rows = rows;
    this.bytes = bytes;
    this.passedOver = passedOver;
  }

  /**
   * The objects of a listing, and what it passes over, for the record of the run.
   *
   * @throws IOException as {@link ListObjects#execute}
   */
  public static ImageSource listing(ListObjects listing) throws IOException {
    return new ImageSource(listing.execute(), Bytes.IN_STORAGE, listing::passedOver);
  }

  /** Objects: {@code path, length, modified, etag}, as {@link ListObjects} gives them. */
  public static ImageSource objects(Dataset<Row> listed) {
    Dataset<Row> rows =
        listed.select(SourceImage.PATH, SourceImage.LENGTH, SourceImage.MODIFIED, SourceImage.ETAG);
    return new ImageSource(rows, Bytes.IN_STORAGE, () -> PassedOver.NOTHING);
  }

  /** Rows of Spark's {@code binaryFile} source. */
  public static ImageSource binaryFiles(Dataset<Row> files) {
    return content(files, col("path"), col("length"), col("modificationTime"), col("content"));
  }

  /**
   * Images in a binary column, named by another. A null is an empty image; {@code modified} is
   * 1970-01-01, for unknown.
   */
  public static ImageSource table(Dataset<Row> table, String contentColumn, String pathColumn) {
    return column(table, col(contentColumn), col(pathColumn).cast("string"));
  }

  /** Images in a binary column; their path becomes {@code sha256:} and the digest. */
  public static ImageSource table(Dataset<Row> table, String contentColumn) {
    Column digest = sha2(coalesce(col(contentColumn), lit(NOTHING)), 256);
    return column(table, col(contentColumn), concat(lit("sha256:"), digest));
  }

  private static ImageSource column(Dataset<Row> table, Column content, Column path) {
    Column size = length(coalesce(content, lit(NOTHING))).cast("bigint");
    return content(table, path, size, timestamp_seconds(lit(0)), content);
  }

  private static ImageSource content(
      Dataset<Row> table, Column path, Column length, Column modified, Column content) {
    Dataset<Row> rows =
        table.select(
            path.as(SourceImage.PATH),
            length.as(SourceImage.LENGTH),
            modified.as(SourceImage.MODIFIED),
            lit(null).cast("string").as(SourceImage.ETAG),
            content.as(SourceImage.CONTENT));
    return new ImageSource(rows, Bytes.IN_ROWS, () -> PassedOver.NOTHING);
  }

  public Dataset<Row> rows() {
    return rows;
  }

  public Bytes bytes() {
    return bytes;
  }

  /** What was left out; to be asked when all rows have been. */
  public PassedOver passedOver() {
    return passedOver.get();
  }
}
