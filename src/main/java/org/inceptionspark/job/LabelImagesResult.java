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
 * @param skipped of those, held by the table already
 * @param reused of those, got their row from one of the same bytes
 * @param left of those, to be labelled still, because of a limit
 * @param passedOver what the listing saw and did not give, by reason
 * @param askedAgain of the images that were computed, those that an earlier night could not read
 * @param failedAgain of those, not readable this time either
 * @param counts images that were computed, by outcome, all outcomes present; exact, whatever was
 *     retried
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

  /** Images that were computed, but for those that an earlier night could not read. */
  public long newImages() {
    return images() - askedAgain;
  }

  /** Of those, the ones without labels. */
  public long newErrors() {
    return errors() - failedAgain;
  }

  /** Share of new images without labels; 0 if there are none. */
  public double errorRate() {
    return newImages() <= 0 ? 0 : (double) newErrors() / newImages();
  }
}
