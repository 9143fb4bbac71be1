package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * An image to label: an object to read, a part of one, or bytes that are here already.
 *
 * @param path the full URI as listed
 * @param length in bytes, as listed
 * @param modified as Spark holds a timestamp in this session; carried through, never read
 * @param etag null where the storage has none
 * @param range text of a {@code ByteRange}; null if it is a whole object
 * @param fault why there is nothing to read, such as {@code UNREADABLE: not found}; else null
 * @param content null if the object must be read
 */
public record SourceImage(
    String path,
    long length,
    Object modified,
    String etag,
    String range,
    String fault,
    byte[] content) {
  public static final String PATH = "path";
  public static final String LENGTH = "length";
  public static final String MODIFIED = "modified";
  public static final String ETAG = "etag";
  public static final String RANGE = "range";
  public static final String FAULT = "fault";
  static final String CONTENT = "content";

  /** What identifies a version of an image, in a table too. */
  public static final StructType VERSION =
      new StructType(
          new StructField[] {
            field(PATH, DataTypes.StringType, false),
            field(LENGTH, DataTypes.LongType, false),
            field(MODIFIED, DataTypes.TimestampType, false),
            field(ETAG, DataTypes.StringType, true)
          });

  /** What a source gives. */
  public static final StructType LISTED =
      VERSION.add(RANGE, DataTypes.StringType, true).add(FAULT, DataTypes.StringType, true);

  private static StructField field(
      String name, org.apache.spark.sql.types.DataType type, boolean nullable) {
    return new StructField(name, type, nullable, Metadata.empty());
  }

  /** A whole object. */
  public static SourceImage object(String path, long length, Object modified, String etag) {
    return new SourceImage(path, length, modified, etag, null, null, null);
  }

  /** From a row of {@link #LISTED}, with or without the column {@code content} after it. */
  public static SourceImage of(Row row) {
    byte[] content = row.size() > LISTED.size() ? (byte[]) row.get(LISTED.size()) : null;
    return new SourceImage(
        row.getString(0),
        row.getLong(1),
        row.get(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        content);
  }

  /** In this order, images in one file are read from start to end. */
  public static Column order() {
    return coalesce(col(RANGE), col(PATH));
  }
}
