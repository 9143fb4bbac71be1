package org.inceptionspark.cli.output;

import java.util.Locale;
import org.inceptionspark.job.listing.PassedOver;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunRecord;

/** What a run did, as text. */
public final class Summary {
  private Summary() {}

  /** A line for each outcome that occurred, and one for the total. */
  public static String of(RunRecord result, String output) {
    StringBuilder text = new StringBuilder();
    result
        .counts()
        .forEach(
            (outcome, count) -> {
              if (count > 0 || outcome == Outcome.LABELLED) {
                text.append(String.format(Locale.ROOT, "%-18s %,12d%n", word(outcome), count));
              }
            });
    line(text, "skipped", result.skipped());
    line(text, "reused", result.reused());
    line(text, "left", result.left());
    text.append(passedOver(result.passedOver()));
    return text.append(
            String.format(
                Locale.ROOT,
                "%,d images in %.1f s, labelled at %.1f images/s, into %s (run %s, model %s)%n",
                result.images(),
                result.seconds(),
                result.imagesPerSecond(),
                Secrets.masked(output),
                result.runId(),
                result.model()))
        .toString();
  }

  /** A line for each reason, with an example. */
  static String passedOver(PassedOver passedOver) {
    StringBuilder text = new StringBuilder();
    passedOver
        .names()
        .forEach(
            (reason, names) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%-18s %,12d  passed over, such as %s%s%n",
                        reason.title(),
                        names.count(),
                        Secrets.masked(printable(names.examples().get(0))),
                        reason == PassedOver.Reason.HIDDEN
                            ? "; --hidden-names read takes them"
                            : "")));
    return text.toString();
  }

  /** A key may contain anything; control characters must not reach a terminal. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  private static void line(StringBuilder text, String word, long count) {
    if (count > 0) {
      text.append(String.format(Locale.ROOT, "%-18s %,12d%n", word, count));
    }
  }

  private static String word(Outcome outcome) {
    return outcome == Outcome.LABELLED ? "labelled" : outcome.name();
  }
}
