package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Images whose bytes are a column of a table. The listing is the table without them; they are
 * joined only to the images that are to be labelled.
 */
final class TableOfImages implements ImageSource {
  private static final byte[] NOTHING = {};
  private static final Column NONE = lit(null).cast("string");
  private static final String[] VERSION = SourceImage.VERSION.fieldNames();

  private final Dataset<Row> images;

  /**
   * @param images with the columns of {@link SourceImage#LISTED}, and the content
   */
  private TableOfImages(Dataset<Row> images) {
    this.images = images;
  }

  static TableOfImages binaryFiles(Dataset<Row> files) {
    return new TableOfImages(
        columns(files, col("path"), col("length"), col("modificationTime"), NONE, col("content")));
  }

  /**
   * @param name column with an image's name, of any type; where it is null or absent, the digest is
   *     the name
   */
  static TableOfImages of(Dataset<Row> table, Column content, Optional<Column> name) {
    Column bytes = coalesce(content, lit(NOTHING));
    Column digest = sha2(bytes, 256);
    Column byDigest = concat(lit("sha256:"), digest);
    Column path = name.map(given -> coalesce(given.cast("string"), byDigest)).orElse(byDigest);
    return new TableOfImages(
        columns(
            table, path, length(bytes).cast("bigint"), timestamp_seconds(lit(0)), digest, content));
  }

  private static Dataset<Row> columns(
      Dataset<Row> table,
      Column path,
      Column length,
      Column modified,
      Column etag,
      Column content) {
    return table.select(
        path.as(SourceImage.PATH),
        length.as(SourceImage.LENGTH),
        modified.as(SourceImage.MODIFIED),
        etag.as(SourceImage.ETAG),
        NONE.as(SourceImage.RANGE),
        NONE.as(SourceImage.FAULT),
        content.as(SourceImage.CONTENT));
  }

  @Override
  public Dataset<Row> rows(Optional<Dataset<Row>> known) {
    return images.drop(SourceImage.CONTENT).dropDuplicates(VERSION);
  }

  /** A row that was deleted or changed since it was listed is an image that cannot be read. */
  @Override
  public Dataset<Row> withBytes(Dataset<Row> rows) {
    Column same = lit(true);
    for (String column : VERSION) {
      same = same.and(col("o." + column).eqNullSafe(col("b." + column)));
    }
    Column gone = when(col("b." + SourceImage.PATH).isNull(), "UNREADABLE: no longer in the table");
    return rows.as("o")
        .join(images.as("b"), same, "left_outer")
        .select(
            col("o." + SourceImage.PATH),
            col("o." + SourceImage.LENGTH),
            col("o." + SourceImage.MODIFIED),
            col("o." + SourceImage.ETAG),
            col("o." + SourceImage.RANGE),
            gone.as(SourceImage.FAULT),
            col("b." + SourceImage.CONTENT))
        .dropDuplicates(VERSION);
  }
}
