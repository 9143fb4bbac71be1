package org.inceptionspark.job.listing;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * An image to label: an object to read, or bytes that are here already.
 *
 * @param path the full URI as listed
 * @param length in bytes, as listed
 * @param modified as Spark holds a timestamp in this session; carried through, never read
 * @param etag null where the storage has none
 * @param content null if the object must be read
 */
public record SourceImage(String path, long length, Object modified, String etag, byte[] content) {
  public static final String PATH = "path";
  public static final String LENGTH = "length";
  public static final String MODIFIED = "modified";
  public static final String ETAG = "etag";
  static final String CONTENT = "content";

  /** What a listing gives. */
  public static final StructType LISTED =
      new StructType(
          new StructField[] {
            new StructField(PATH, DataTypes.StringType, false, Metadata.empty()),
            new StructField(LENGTH, DataTypes.LongType, false, Metadata.empty()),
            new StructField(MODIFIED, DataTypes.TimestampType, false, Metadata.empty()),
            new StructField(ETAG, DataTypes.StringType, true, Metadata.empty())
          });

  /** From a row of {@link #LISTED}, with or without the column {@code content} behind it. */
  public static SourceImage of(Row row) {
    byte[] content = row.size() > LISTED.size() ? (byte[]) row.get(LISTED.size()) : null;
    return new SourceImage(row.getString(0), row.getLong(1), row.get(2), row.getString(3), content);
  }
}
