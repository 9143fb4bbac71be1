package org.inceptionspark.job.runs;

/** The status of a run in its record. */
public enum RunStatus {
  /**
   * In progress; or dead, if its lease has expired: the next run on the table then writes {@link
   * #KILLED}.
   */
  RUNNING,
  /** To the end. */
  DONE,
  /** Stopped by an error, which the record names; what was committed stays. */
  FAILED,
  /** The driver died; what was committed stays. */
  KILLED
}
