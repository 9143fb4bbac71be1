package org.inceptionspark.job;

import java.util.Map;

/**
 * What a run did.
 *
 * @param runId names the record in {@code _runs}
 * @param model fingerprint of the model
 * @param counts images by outcome, all outcomes present; exact, whatever was retried
 * @param bytes of all images as listed
 * @param seconds from the listing to the committed table
 */
public record LabelImagesResult(
    String runId, String model, Map<Outcome, Long> counts, long bytes, double seconds) {

  /** All images: rows written. */
  public long images() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Images without labels. */
  public long errors() {
    return images() - counts.get(Outcome.LABELLED);
  }

  /** Share of images without labels; 0 if there are no images. */
  public double errorRate() {
    return images() == 0 ? 0 : (double) errors() / images();
  }

  /** Images of any outcome. */
  public double imagesPerSecond() {
    return images() / seconds;
  }
}
