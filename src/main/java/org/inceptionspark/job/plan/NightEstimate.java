package org.inceptionspark.job.plan;

import java.util.Optional;
import java.util.OptionalDouble;
import org.inceptionspark.job.listing.PassedOver;
import org.inceptionspark.job.runs.LastRate;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * What a run would do.
 *
 * @param listed objects that were found
 * @param skipped of those, already in the table
 * @param passedOver what the listing saw and left out, by reason
 * @param images to label, after the limit
 * @param bytes of all that are not skipped
 * @param candidates of the images to label, those with the length and etag of a labelled one: if
 *     the bytes are equal too, its row is copied
 * @param cores of the cluster now
 * @param coreHours to label them at the last run's rate; none if no run has labelled with this
 *     model
 * @param notice what may be unintended, in one line
 */
public record NightEstimate(
    long listed,
    long skipped,
    PassedOver passedOver,
    long images,
    long bytes,
    long candidates,
    int cores,
    OptionalDouble coreHours,
    Optional<String> notice) {

  /**
   * Counts.
   *
   * @param plan compared with the table
   */
  public static NightEstimate of(
      RunPlan plan, LabelerSpec model, int cores, LastRate rate, Optional<String> notice) {
    long images = plan.limited();
    return new NightEstimate(
        plan.found().objects(),
        plan.skipped(),
        plan.passedOver(),
        images,
        plan.totals().bytes(),
        plan.held()
            .map(rows -> Reuse.candidates(plan.selected(), Reuse.labelled(rows, model)).count())
            .orElse(0L),
        cores,
        rate.coreHours(images),
        notice);
  }
}
