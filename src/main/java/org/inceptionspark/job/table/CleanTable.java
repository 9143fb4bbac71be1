package org.inceptionspark.job.table;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.runs.CurrentRun;

/** Puts a table in order after runs that died, as each run does before it begins. */
public final class CleanTable {
  private CleanTable() {}

  /**
   * What was done.
   *
   * @param uploads to S3 that were begun and never completed
   * @param entries temporary files and directories
   * @param replacements of files that were decided and not finished
   */
  public record Result(int uploads, int entries, int replacements) {}

  /**
   * @throws ConfigurationException if there is no table
   * @throws IOException if storage fails, or another run is writing to the table
   */
  public static Result clean(String uri, Configuration hadoop) throws IOException {
    OutputTable table = new OutputTable(uri, hadoop);
    table.requireTable();
    try (LockedTable owned = LockedTable.open(table, CurrentRun.newId("clean"))) {
      return owned.cleaned();
    }
  }
}
