package org.inceptionspark.search.scan;

import java.io.Serializable;
import java.util.Comparator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Identifies a row of a labels table: where it is stored, and which version of its image it is
 * about.
 *
 * @param file URI of the Parquet file
 * @param position of the row in the file
 * @param path of the image
 * @param runDay the night, in days since 1970
 * @param modified the object's time, in microseconds since 1970
 */
public record RowReference(String file, long position, String path, int runDay, long modified)
    implements Comparable<RowReference>, Serializable {
  private static final Comparator<RowReference> ORDER =
      Comparator.comparingInt(RowReference::runDay)
          .thenComparingLong(RowReference::modified)
          .thenComparing(RowReference::file)
          .thenComparingLong(RowReference::position);

  /** Columns as {@link EmbeddingScan} selects them. */
  public static RowReference of(InternalRow row) {
    return new RowReference(
        row.getUTF8String(0).toString(),
        row.getLong(1),
        row.getUTF8String(2).toString(),
        row.getInt(3),
        row.getLong(4));
  }

  public static RowReference of(Row row) {
    return new RowReference(
        row.getString(0), row.getLong(1), row.getString(2), row.getInt(3), row.getLong(4));
  }

  /** An order of rows that is the same each time, unrelated to which of them counts. */
  @Override
  public int compareTo(RowReference other) {
    return ORDER.compare(this, other);
  }
}
