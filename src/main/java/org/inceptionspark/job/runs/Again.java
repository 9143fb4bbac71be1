package org.inceptionspark.job.runs;

/**
 * Objects that could not be read on an earlier night and were asked for once more: no news if they
 * fail again.
 *
 * @param asked how many
 * @param failed of those, not readable tonight either
 */
public record Again(long asked, long failed) {
  public static final Again NONE = new Again(0, 0);

  public Again plus(Again more) {
    return new Again(asked + more.asked, failed + more.failed);
  }

  public Again minus(Again before) {
    return new Again(asked - before.asked, failed - before.failed);
  }
}
