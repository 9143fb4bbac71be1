package org.inceptionspark.job.runs;

import java.time.Duration;
import org.inceptionspark.job.failure.RunException;

/**
 * Guards a run's commits. A JVM that is about to end closes it: no new commit begins, and a running
 * one has a while to finish and to get into the record, which otherwise would not count rows that
 * readers see.
 */
public final class CommitGate {
  private boolean shut;
  private boolean underWay;

  /**
   * Called when a commit begins or continues.
   *
   * @throws RunException if none may begin any more
   */
  public synchronized void enter() throws RunException {
    if (shut && !underWay) {
      throw new RunException("interrupted before a commit", null);
    }
    underWay = true;
  }

  /** Called when the commit is in the record, or has failed. */
  synchronized void leave() {
    underWay = false;
    notifyAll();
  }

  synchronized void shut() {
    shut = true;
  }

  /** Waits for a running commit, but not for ever. */
  synchronized void awaitEnd(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis(); underWay && left > 0; ) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
