package org.inceptionspark.job.runs;

import java.io.IOException;
import java.util.Iterator;
import java.util.OptionalDouble;

/**
 * The rate of one core in the newest run that labelled with a model.
 *
 * @param imagesPerCoreSecond none if there is no such run
 */
public record LastRate(OptionalDouble imagesPerCoreSecond) {
  /** Number of runs that are examined, newest first. */
  private static final int NEWEST = 50;

  public static LastRate of(RunRecords records, String model) throws IOException {
    Iterator<RunRecord> runs = records.newestFirst();
    for (int i = 0; i < NEWEST && runs.hasNext(); i++) {
      RunRecord run = runs.next();
      if (model.equals(run.model()) && run.images() > 0 && run.labellingSeconds() > 0) {
        return new LastRate(
            OptionalDouble.of(run.images() / (run.labellingSeconds() * Math.max(1, run.cores()))));
      }
    }
    return new LastRate(OptionalDouble.empty());
  }

  public OptionalDouble coreHours(long images) {
    return imagesPerCoreSecond.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(images / imagesPerCoreSecond.getAsDouble() / 3600);
  }
}
