package org.inceptionspark.job;

import java.util.Map;
import org.inceptionspark.job.listing.PassedOver;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunRecord;

/**
 * What a run did.
 *
 * @param runId names the record in {@code _runs}
 * @param model fingerprint of the model
 * @param listed objects that were found
 * @param skipped of those, already in the table
 * @param reused of those, with a row copied from an image with the same bytes
 * @param left of those, still to be labelled, because of a limit
 * @param passedOver what the listing saw and left out, by reason
 * @param askedAgain of the computed images, those that an earlier night could not read
 * @param failedAgain of those, again unreadable
 * @param counts computed images by outcome, all outcomes present; exact, whatever was retried
 * @param bytes of those images, as listed
 * @param seconds from the listing to the committed table
 * @param imagesPerSecond computed images of any outcome, while they were labelled
 */
public record LabelImagesResult(
    String runId,
    String model,
    long listed,
    long skipped,
    long reused,
    long left,
    PassedOver passedOver,
    long askedAgain,
    long failedAgain,
    Map<Outcome, Long> counts,
    long bytes,
    double seconds,
    double imagesPerSecond) {

  static LabelImagesResult of(RunRecord run) {
    return new LabelImagesResult(
        run.runId(),
        run.model(),
        run.listed(),
        run.skipped(),
        run.reused(),
        run.left(),
        run.passedOver(),
        run.askedAgain(),
        run.failedAgain(),
        run.counts(),
        run.bytes(),
        run.seconds(),
        run.imagesPerSecond());
  }

  /** Images that were computed. */
  public long images() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Images without labels. */
  public long errors() {
    return images() - counts.get(Outcome.LABELLED);
  }

  /** Computed images without those that an earlier night could not read. */
  public long newImages() {
    return images() - askedAgain;
  }

  /** New images without labels. */
  public long newErrors() {
    return errors() - failedAgain;
  }

  /** Share of new images without labels; 0 if there are none. */
  public double errorRate() {
    return newImages() <= 0 ? 0 : (double) newErrors() / newImages();
  }
}
