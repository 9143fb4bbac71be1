package org.inceptionspark.cli.output;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunRecord;

/** Whether too many images have no labels. */
public final class ErrorRateLimit {
  private ErrorRateLimit() {}

  /**
   * @param allowed the share of new images that may have no labels; if empty, any share below all
   * @return a line for people; empty if all is well
   */
  public static Optional<String> of(RunRecord result, Optional<Double> allowed) {
    if (allowed.isPresent()) {
      return result.errorRate() > allowed.get()
          ? Optional.of(
              String.format(
                  Locale.ROOT,
                  "%d of %d images have no labels, more than --max-error-rate %s allows",
                  result.newErrors(),
                  result.newImages(),
                  allowed.get()))
          : Optional.empty();
    }
    if (result.newImages() > 0 && result.newErrors() == result.newImages()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "not one of %d images has labels, mostly because of %s; if that is as it should be, set"
                  + " --max-error-rate 1",
              result.newImages(),
              commonest(result)));
    }
    return Optional.empty();
  }

  private static Outcome commonest(RunRecord result) {
    return result.counts().entrySet().stream()
        .filter(entry -> entry.getKey() != Outcome.LABELLED)
        .max(Map.Entry.comparingByValue())
        .orElseThrow()
        .getKey();
  }
}
