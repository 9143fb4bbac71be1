package org.inceptionspark.job.task;

import java.io.IOException;
import java.util.Iterator;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.runs.RunStatus;

/** What a run tells its tasks about {@link CrashGuard}. */
public enum CrashGuardMode {
  /** Nothing is known: only retried tasks look for markers and write them. */
  OF_RETRIES,
  /** There are markers: all tasks look for them. */
  OF_SUSPECTS,
  /** The last run died in the same JVM as its tasks: all tasks look for markers and write them. */
  FROM_THE_START;

  /** How tasks and driver share JVMs. */
  public enum Place {
    ONE_JVM,
    CLUSTER
  }

  /**
   * The mode for a run.
   *
   * @param runId of this run, whose own record is ignored
   */
  public static CrashGuardMode of(
      Place place, InFlightMarkers notes, RunRecords records, String runId) throws IOException {
    if (place == Place.ONE_JVM && lastDied(records.newestFirst(), runId)) {
      return FROM_THE_START;
    }
    return notes.read().isEmpty() ? OF_RETRIES : OF_SUSPECTS;
  }

  private static boolean lastDied(Iterator<RunRecord> newestFirst, String runId) {
    while (newestFirst.hasNext()) {
      RunRecord run = newestFirst.next();
      if (!run.runId().equals(runId)) {
        return run.status() == RunStatus.RUNNING || run.status() == RunStatus.KILLED;
      }
    }
    return false;
  }
}
