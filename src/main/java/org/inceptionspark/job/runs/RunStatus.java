package org.inceptionspark.job.runs;

/** How a run is, as its record says. */
public enum RunStatus {
  /** Under way; or dead, if its lease is: the next run on the table then writes {@link #KILLED}. */
  RUNNING,
  /** To the end. */
  DONE,
  /** Stopped by an error, which the record names; what was committed before stays. */
  FAILED,
  /** The driver ended without a word; what was committed before stays. */
  KILLED
}
