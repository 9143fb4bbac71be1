package org.inceptionspark.job.table;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.runs.Again;

/**
 * Puts the rows of a run into its table, chunk by chunk: adds them, or puts them in place of
 * earlier ones if there are any about the same versions.
 */
public final class Commits {
  private final OutputTable table;
  private final TableWriter writer;
  private final ReplacingWriter replacing;
  private boolean mayReplace;

  public Commits(OutputTable table, TableWriter writer, ReplacingWriter replacing) {
    this.table = table;
    this.writer = writer;
    this.replacing = replacing;
  }

  /**
   * To be called before the table changes.
   *
   * @param selected what the run will label
   * @return the same, to be used from now on
   */
  public Dataset<Row> startFor(Dataset<Row> selected) throws IOException {
    mayReplace = replacing.isNeededFor(selected);
    return settled(selected, "objects");
  }

  /** These objects, in such a way that they do not depend on files that this run replaces. */
  public Dataset<Row> settled(Dataset<Row> objects, String name) throws IOException {
    return mayReplace ? replacing.settled(objects, name) : objects;
  }

  /**
   * Commits a chunk.
   *
   * @param objects what its rows are about
   * @param rows with the columns of the table's files
   * @return the committer, as {@link TableWriter#append} has it
   */
  public String put(Dataset<Row> objects, Dataset<Row> rows) throws IOException {
    return mayReplace && replacing.isNeededFor(objects)
        ? replacing.replace(rows)
        : writer.append(rows);
  }

  /** So far. */
  public Again again() {
    return replacing.again();
  }

  /** Deletes what was needed on the way. */
  public void end() throws IOException {
    if (mayReplace) {
      FileSwap.finishAll(table);
    }
  }
}
