package org.inceptionspark.job.runs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How far a night's images are from those of the night before, as written in the run's record.
 *
 * @param frechetDistance of the embeddings
 * @param halvesOfReference the same for two random halves of the night before: the effect of
 *     chance; null if there are too few images
 * @param against the night before, {@code 2026-01-30}
 * @param images with an embedding, of this night
 * @param againstImages of the night before
 * @param alarm the distance beyond which it is too far
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RunDrift(
    double frechetDistance,
    Double halvesOfReference,
    String against,
    long images,
    long againstImages,
    double alarm) {

  /** Whether the night is too far from the one before. */
  public boolean alarming() {
    return frechetDistance > alarm;
  }
}
