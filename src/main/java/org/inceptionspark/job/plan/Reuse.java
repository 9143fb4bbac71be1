package org.inceptionspark.job.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.task.HashImages;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * Rows for new objects whose bytes are already labelled under another name. An object is a
 * candidate if a labelled one has its length and etag (where storage has etags: on S3 usually the
 * digest of the bytes); candidates are read, and the {@code sha256} of their bytes decides. So a
 * row is never copied wrongly, and other objects cost nothing. One row for the same bytes is
 * enough, however many there are: a placeholder picture may have a hundred thousand. Spark does all
 * joins; only the names of the files that hold the rows come to the driver.
 */
public final class Reuse {
  private static final String SHA256 = "sha256";
  private static final int TASKS_PER_CORE = 4;
  private static final StructType HASHED = SourceImage.LISTED.add(SHA256, DataTypes.StringType);

  private final LabelerSpec model;
  private final Dataset<Row> labelled;
  private final HashImages hashing;
  private final ImageSource source;

  /**
   * @param held existing rows, with the columns of {@link ExistingRows}
   */
  public Reuse(LabelerSpec model, Dataset<Row> held, HashImages hashing, ImageSource source) {
    this.model = model;
    this.hashing = hashing;
    this.source = source;
    this.labelled = labelled(held, model);
  }

  /** The rows that can be copied. */
  public static Dataset<Row> labelled(Dataset<Row> held, LabelerSpec model) {
    return held.where(
        col("model")
            .equalTo(model.fingerprint())
            .and(col(ExistingRows.KIND).isNull())
            .and(col(SHA256).isNotNull()));
  }

  /** The objects that must be read to know whether a row can be copied. */
  public static Dataset<Row> candidates(Dataset<Row> objects, Dataset<Row> labelled) {
    Column alike =
        col("o.length").equalTo(col("s.length")).and(col("o.etag").eqNullSafe(col("s.etag")));
    return objects
        .as("o")
        .join(
            labelled.select(SourceImage.LENGTH, SourceImage.ETAG).distinct().as("s"),
            alike,
            "left_semi");
  }

  /**
   * The objects that have a row to copy, with its file and place. Reads objects: persist the
   * result.
   */
  public Dataset<Row> matches(Dataset<Row> objects) {
    int tasks = TASKS_PER_CORE * objects.sparkSession().sparkContext().defaultParallelism();
    return source
        .withBytes(candidates(objects, labelled))
        .repartition(tasks, substring_index(SourceImage.order(), "!/", 1))
        .sortWithinPartitions(SourceImage.order())
        .mapPartitions(hashing, Encoders.row(HASHED))
        .join(oneOfEach(labelled), SHA256);
  }

  /** One row for the same bytes, the first by file and place. */
  private static Dataset<Row> oneOfEach(Dataset<Row> labelled) {
    return labelled
        .groupBy(SHA256)
        .agg(min(struct(ExistingRows.FILE, ExistingRows.PLACE)).as("first"))
        .select(SHA256, "first." + ExistingRows.FILE, "first." + ExistingRows.PLACE);
  }

  /**
   * The rows of the matches, with the columns of the table's files.
   *
   * @param held the table that has them
   */
  public Dataset<Row> rows(Dataset<Row> matches, LabelsTable held) {
    LabelTable columns = new LabelTable(model.fingerprint(), model.endPoints());
    Column suits = col("model").equalTo(model.fingerprint()).and(col("error").isNull());
    for (String endPoint : columns.endPoints()) {
      suits = suits.and(col("`" + endPoint + "`").isNotNull());
    }
    Dataset<Row> sources =
        held.located(matches, columns)
            .where(suits)
            .drop(SourceImage.PATH, SourceImage.LENGTH, SourceImage.MODIFIED, SourceImage.ETAG)
            .drop(SHA256);
    return matches
        .join(sources, new String[] {ExistingRows.FILE, ExistingRows.PLACE})
        .map(new ReusedRow(model), Encoders.row(columns.fileSchema()));
  }
}
