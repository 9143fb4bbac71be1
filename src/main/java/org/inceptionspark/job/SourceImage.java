package org.inceptionspark.job;

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
record SourceImage(String path, long length, Object modified, String etag, byte[] content) {
  static final String PATH = "path";
  static final String LENGTH = "length";
  static final String MODIFIED = "modified";
  static final String ETAG = "etag";
  static final String CONTENT = "content";

  /** What a listing gives. */
  static final StructType LISTED =
      new StructType(
          new StructField[] {
            new StructField(PATH, DataTypes.StringType, false, Metadata.empty()),
            new StructField(LENGTH, DataTypes.LongType, false, Metadata.empty()),
            new StructField(MODIFIED, DataTypes.TimestampType, false, Metadata.empty()),
            new StructField(ETAG, DataTypes.StringType, true, Metadata.empty())
          });

  /** From a row of {@link #LISTED}, with or without the column {@code content} behind it. */
  static SourceImage of(Row row) {
    byte[] content = row.size() > LISTED.size() ? (byte[]) row.get(LISTED.size()) : null;
    return new SourceImage(row.getString(0), row.getLong(1), row.get(2), row.getString(3), content);
  }
}
