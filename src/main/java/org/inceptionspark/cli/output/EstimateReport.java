package org.inceptionspark.cli.output;

import java.util.Locale;
import org.inceptionspark.job.plan.NightEstimate;

/** What a run would do, as text. */
public final class EstimateReport {
  private EstimateReport() {}

  public static String of(NightEstimate estimate) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "listed             %,12d%n", estimate.listed()));
    text.append(String.format(Locale.ROOT, "skipped            %,12d%n", estimate.skipped()));
    text.append(Summary.passedOver(estimate.passedOver()));
    text.append(
        String.format(
            Locale.ROOT,
            "to label           %,12d  (%,d bytes; %,d of them may have known bytes)%n",
            estimate.images(),
            estimate.bytes(),
            estimate.candidates()));
    text.append(time(estimate)).append(System.lineSeparator());
    estimate.notice().ifPresent(words -> text.append(words).append(System.lineSeparator()));
    return text.toString();
  }

  private static String time(NightEstimate estimate) {
    if (estimate.coreHours().isEmpty()) {
      return "core-hours         unknown: no run has labelled with this model yet";
    }
    double coreHours = estimate.coreHours().getAsDouble();
    return String.format(
        Locale.ROOT,
        "core-hours         %12.2f  (%.2f hours on %d cores, at the last run's rate)",
        coreHours,
        coreHours / estimate.cores(),
        estimate.cores());
  }
}
