package org.inceptionspark.job.task;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The progress of a run.
 *
 * @param images done, whatever their outcome
 * @param errors of those, without labels
 * @param total images to do, if known
 * @param elapsed since labelling began
 */
public record Progress(long images, long errors, OptionalLong total, Duration elapsed) {

  public double imagesPerSecond() {
    double seconds = elapsed.toMillis() / 1000.0;
    return seconds == 0 ? 0 : images / seconds;
  }

  /** Time left at the rate so far; empty before the first image. */
  public Optional<Duration> left() {
    if (images == 0 || total.isEmpty()) {
      return Optional.empty();
    }
    long remaining = Math.max(0, total.getAsLong() - images);
    return Optional.of(Duration.ofMillis(elapsed.toMillis() * remaining / images));
  }
}
