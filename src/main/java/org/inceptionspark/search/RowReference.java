package org.inceptionspark.search;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Which row of a labels table: where it lies, and which version of its image it is about.
 *
 * @param file URI of the Parquet file
 * @param position of the row in the file
 * @param path of the image
 * @param runDay the night, in days since 1970
 * @param modified the object's time, in microseconds since 1970
 */
record RowReference(String file, long position, String path, int runDay, long modified)
    implements Serializable {
  /** Columns as {@link EmbeddingScan} selects them. */
  static RowReference of(InternalRow row) {
    return new RowReference(
        row.getUTF8String(0).toString(),
        row.getLong(1),
        row.getUTF8String(2).toString(),
        row.getInt(3),
        row.getLong(4));
  }

  /** Whether the other row is about a newer version of the image. */
  boolean isOlderThan(RowReference other) {
    return runDay != other.runDay ? runDay < other.runDay : modified < other.modified;
  }
}
