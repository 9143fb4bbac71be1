package org.inceptionspark.job.directory;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.CurrentRun;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.PersistedDataset;

/** Removes the rows of some images from the files of a directory, by one {@link FileSwap}. */
final class DirectoryRemoval {
  private static final String[] IMAGE = {SourceImage.PATH};

  private final SparkSession spark;
  private final OutputTable table;

  DirectoryRemoval(SparkSession spark, OutputTable table) {
    this.spark = spark;
    this.table = table;
  }

  /** Looks for the rows once the table is locked: until then files come and go. */
  long execute(Dataset<Row> images) throws IOException {
    String run = CurrentRun.newId("prune");
    try (LockedTable owned = LockedTable.open(table, run);
        PersistedDataset gone =
            PersistedDataset.of(
                ExistingRows.read(spark, table.path())
                    .join(images, IMAGE, "left_semi")
                    .select(ExistingRows.FILE, ExistingRows.PLACE))) {
      long rows = gone.rows().count();
      if (rows > 0) {
        RewrittenFiles left =
            RewrittenFiles.without(spark, gone.rows(), FileSwap.staging(table, run));
        new FileSwap(run, left.removed(table), left.moves(table)).commit(table);
        FileSwap.finishAll(table); // only the empty directory is left to remove
      }
      return rows;
    }
  }
}
