package org.inceptionspark.job.runs;

/**
 * Objects that could not be read on an earlier night and were tried again: it is no news if they
 * fail again.
 *
 * @param asked number of objects
 * @param failed of those, not readable tonight either
 */
public record RetriedImages(long asked, long failed) {
  public static final RetriedImages NONE = new RetriedImages(0, 0);

  public RetriedImages plus(RetriedImages more) {
    return new RetriedImages(asked + more.asked, failed + more.failed);
  }

  public RetriedImages minus(RetriedImages before) {
    return new RetriedImages(asked - before.asked, failed - before.failed);
  }
}
