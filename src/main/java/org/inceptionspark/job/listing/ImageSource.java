package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where images come from. Everything that a night does with them (what is new, what can be reused,
 * chunks, partitions, resuming) sees only the rows of {@link SourceImage#LISTED}: an image is
 * identified by its path, its version by what the source knows, and its bytes are a whole object, a
 * range of one, or {@link #withBytes a column} that is joined when needed.
 */
public interface ImageSource extends AutoCloseable {
  /**
   * The images, one row each, no path and version twice. Listing is lazy, in tasks.
   *
   * @param known versions that need no work, with the columns of {@link SourceImage#VERSION}: a
   *     source may take them from here rather than look for them again
   * @throws org.inceptionspark.job.failure.ConfigurationException if there is no such source
   * @throws IOException if storage refuses to look at it
   */
  Dataset<Row> rows(Optional<Dataset<Row>> known) throws IOException;

  /**
   * The same rows with the column {@code content}, if this source has the bytes.
   *
   * @param rows some of the rows that it has given
   */
  default Dataset<Row> withBytes(Dataset<Row> rows) {
    return rows;
  }

  /** What was left out; valid once all rows have been read. */
  default PassedOver passedOver() {
    return PassedOver.NOTHING;
  }

  @Override
  default void close() {}

  /**
   * The objects of a listing; what it passes over goes into the record of the run.
   *
   * @throws IOException as {@link ListObjects#execute}
   */
  static ImageSource listing(ListObjects listing) throws IOException {
    return new ListedObjects(listing.execute(), listing::passedOver);
  }

  /** Objects: {@code path, length, modified, etag}, as {@link ListObjects} gives them. */
  static ImageSource objects(Dataset<Row> listed) {
    return new ListedObjects(listed, () -> PassedOver.NOTHING);
  }

  /** Rows of Spark's {@code binaryFile} source. */
  static ImageSource binaryFiles(Dataset<Row> files) {
    return TableOfImages.binaryFiles(files);
  }

  /**
   * Images in a binary column, named by another column. A null is an empty image; {@code modified}
   * is 1970-01-01, meaning unknown, and {@code etag} the SHA-256.
   */
  static ImageSource table(Dataset<Row> table, String contentColumn, String pathColumn) {
    return TableOfImages.of(table, col(contentColumn), Optional.of(col(pathColumn)));
  }

  /** Images in a binary column; their path is {@code sha256:} and the digest. */
  static ImageSource table(Dataset<Row> table, String contentColumn) {
    return TableOfImages.of(table, col(contentColumn), Optional.empty());
  }
}
