package org.inceptionspark.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a table that say {@code UNREADABLE} of this model: an image could not be got that
 * night. Before it is tried again they are taken back, so that a version of an image never has two
 * rows. They lie in files of their own ({@link TableWriter#inFiles}), and labels are not touched.
 *
 * <p>To be called by the table's owner only. If the run dies in the middle, an image without a row
 * is one that the next run labels: nothing is lost.
 */
final class UnreadableRows {
  private static final Logger LOG = LoggerFactory.getLogger(UnreadableRows.class);
  private static final Column IS_UNREADABLE =
      coalesce(col(HeldRows.KIND).equalTo(Outcome.UNREADABLE.name()), lit(false));

  private final SparkSession spark;
  private final OutputTable table;
  private final TableWriter writer;
  private final String model;

  UnreadableRows(SparkSession spark, OutputTable table, TableWriter writer, String model) {
    this.spark = spark;
    this.table = table;
    this.writer = writer;
    this.model = model;
  }

  /**
   * Takes back those about these objects.
   *
   * @param objects with the columns of {@link SourceImage#LISTED}
   */
  void takeBack(Dataset<Row> objects) throws IOException {
    Dataset<Row> held = HeldRows.read(spark, table);
    Dataset<Row> ours = held.where(IS_UNREADABLE.and(col("model").equalTo(model)));
    if (ours.isEmpty()) {
      return;
    }
    try (Kept again =
        Kept.of(ours.as("o").join(objects.as("r"), NightPlan.sameVersion(), "left_semi"))) {
      List<String> files = filesWithoutOthers(held, again.rows());
      if (!files.isEmpty()) {
        LOG.info("{} rows UNREADABLE are taken back: tried again", again.rows().count());
        replace(files, again.rows());
      }
    }
  }

  /** A compaction of another version may have brought them together with labels. */
  private static List<String> filesWithoutOthers(Dataset<Row> held, Dataset<Row> again) {
    return held
        .join(again.select(HeldRows.FILE).distinct(), HeldRows.FILE)
        .groupBy(HeldRows.FILE)
        .agg(min(IS_UNREADABLE).as("only"))
        .where("only")
        .select(HeldRows.FILE)
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .map(file -> new Path(URI.create(file)).toString())
        .toList();
  }

  private void replace(List<String> files, Dataset<Row> again) throws IOException {
    Column sameRow =
        NightPlan.sameVersion().and(col("o.model").equalTo(lit(model))); // others may lie there too
    Dataset<Row> others =
        FileRows.readDated(spark, files, table)
            .as("o")
            .join(again.as("r"), sameRow, "left_anti")
            .coalesce(1);
    try (Kept kept = Kept.of(others)) {
      boolean some = kept.rows().count() > 0;
      for (String file : files) {
        table.fileSystem().delete(new Path(file), false);
      }
      if (some) {
        writer.appendDated(kept.rows());
      }
    }
  }
}
