package org.inceptionspark.job.directory;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.runs.RetriedImages;
import org.inceptionspark.job.table.Night;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.job.table.TableCommits;

/** Commits to a directory that only this run may write to. {@link LockedTable} says how. */
final class DirectoryCommits implements TableCommits {
  private final LockedTable owned;
  private final OutputTable table;
  private final DirectoryColumns columns;
  private final Night night;
  private final UpsertWriter writer;
  private boolean noted;
  private boolean replaces;

  DirectoryCommits(SparkSession spark, LockedTable owned, OutputTable table, Night night) {
    this.owned = owned;
    this.table = table;
    this.columns = new DirectoryColumns(spark, table);
    this.night = night;
    this.writer = new UpsertWriter(spark, table, night);
  }

  @Override
  public Optional<PersistedDataset> replaceable(Dataset<Row> objects) throws IOException {
    Optional<PersistedDataset> earlier = writer.find(objects);
    replaces = earlier.isPresent();
    return earlier;
  }

  @Override
  public Dataset<Row> materialised(Dataset<Row> objects, String name) throws IOException {
    return writer.materialised(objects, name);
  }

  @Override
  public String append(Dataset<Row> rows) throws IOException {
    noteColumns();
    return writer.append(rows);
  }

  @Override
  public String replace(Dataset<Row> rows) throws IOException {
    noteColumns();
    return writer.replace(rows);
  }

  /** Once, before the first rows. */
  private void noteColumns() throws IOException {
    if (!noted) {
      columns.note(night.columns());
      noted = true;
    }
  }

  @Override
  public RetriedImages retried() {
    return writer.retried();
  }

  /** Deletes temporary files, if there were any. */
  @Override
  public void end() throws IOException {
    if (replaces) {
      FileSwap.finishAll(table);
    }
  }

  @Override
  public void close() {
    owned.close();
  }
}
