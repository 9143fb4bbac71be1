package org.inceptionspark.job.runs;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs the progress of a run: a line for its plan, each commit and its end, and the same as fields
 * for JSON logs (conf/log4j2-json.properties.template).
 */
final class RunEvents {
  // A name that operators select in their logs: it does not move with the class.
  // A name that operators select in their logs: it does not move with the class.
  private static final Logger LOG = LoggerFactory.getLogger("org.inceptionspark.job.RunEvents");

  private RunEvents() {}

  /** The plan is made. */
  static void started(RunRecord run) {
    log("run_start", run);
  }

  /** Rows are in the table. */
  static void committed(RunRecord run) {
    log("commit", run);
  }

  /** However it ended. */
  static void ended(RunRecord run) {
    log("run_end", run);
  }

  private static void log(String event, RunRecord run) {
    long labelled = run.counts().get(Outcome.LABELLED);
    LoggingEventBuilder line =
        LOG.atInfo()
            .addKeyValue("event", event)
            .addKeyValue("run_id", run.runId())
            .addKeyValue("status", run.status())
            .addKeyValue("model", run.model())
            .addKeyValue("listed", run.listed())
            .addKeyValue("skipped", run.skipped())
            .addKeyValue("reused", run.reused())
            .addKeyValue("labelled", labelled)
            .addKeyValue("errors", run.images() - labelled)
            .addKeyValue("left", run.left())
            .addKeyValue("bytes", run.bytes())
            .addKeyValue("commits", run.commits())
            .addKeyValue("seconds", run.seconds())
            .addKeyValue("images_per_second", run.imagesPerSecond());
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.LABELLED && run.counts().get(outcome) > 0) {
        line = line.addKeyValue("errors_" + outcome, run.counts().get(outcome));
      }
    }
    if (run.failure() != null) {
      line = line.addKeyValue("failure", run.failure());
    }
    line.log(
        String.format(
            Locale.ROOT,
            "run %s %s: %d listed, %d skipped, %d reused, %d labelled, %d errors, %d left%s",
            run.runId(),
            event.equals("run_end") ? run.status() : event,
            run.listed(),
            run.skipped(),
            run.reused(),
            labelled,
            run.images() - labelled,
            run.left(),
            run.failure() == null ? "" : "; " + run.failure()));
  }
}
