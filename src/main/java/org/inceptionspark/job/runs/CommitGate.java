package org.inceptionspark.job.runs;

import java.time.Duration;
import org.inceptionspark.job.failure.RunException;

/**
 * The way to a run's commits. A JVM that is about to end shuts it: no commit begins any more, and
 * one that is under way has a while to come to its end and into the record, which else would not
 * count rows that readers see.
 */
public final class CommitGate {
  private boolean shut;
  private boolean underWay;

  /**
   * A commit begins, or goes on.
   *
   * @throws RunException if none may begin any more
   */
  public synchronized void enter() throws RunException {
    if (shut && !underWay) {
      throw new RunException("interrupted before a commit", null);
    }
    underWay = true;
  }

  /** It is in the record, or has failed. */
  synchronized void leave() {
    underWay = false;
    notifyAll();
  }

  synchronized void shut() {
    shut = true;
  }

  /** Waits for a commit that is under way, but not for ever. */
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
