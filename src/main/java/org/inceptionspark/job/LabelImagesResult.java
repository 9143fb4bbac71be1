package org.inceptionspark.job;

import java.util.Map;
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
 * @param counts images that were computed, by outcome, all outcomes present; exact, whatever was
 *     retried
 * @param bytes of those images, as listed
 * @param seconds from the listing to the committed table
 */
public record LabelImagesResult(
    String runId,
    String model,
    long listed,
    long skipped,
    long reused,
    long left,
    Map<Outcome, Long> counts,
    long bytes,
    double seconds) {

  static LabelImagesResult of(RunRecord run) {
    return new LabelImagesResult(
        run.runId(),
        run.model(),
        run.listed(),
        run.skipped(),
        run.reused(),
        run.left(),
        run.counts(),
        run.bytes(),
        run.seconds());
  }

  /** Images that were computed. */
  public long images() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Images without labels. */
  public long errors() {
    return images() - counts.get(Outcome.LABELLED);
  }

  /** Share of computed images without labels; 0 if there are none. */
  public double errorRate() {
    return images() == 0 ? 0 : (double) errors() / images();
  }

  /** Computed images of any outcome. */
  public double imagesPerSecond() {
    return images() / seconds;
  }
}
