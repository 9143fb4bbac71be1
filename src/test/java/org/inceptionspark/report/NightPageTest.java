package org.inceptionspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunDrift;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.page.SelfContained;
import org.inceptionspark.report.NightFigures.Totals;
import org.junit.jupiter.api.Test;

/** What only bad nights have. */
class NightPageTest {
  private static final Totals TOTALS =
      new Totals(Map.of(Outcome.LABELLED, 10L, Outcome.UNREADABLE, 200L), 1000, List.of("new"));
  private static final Totals BEFORE =
      new Totals(Map.of(Outcome.LABELLED, 20L), 1000, List.of("old"));

  @Test
  void saysWhatWentWrong() {
    RunDrift drift = new RunDrift(41.25, 3.5, "2026-01-30", 10, 20, 30);
    String page = text(run(RunStatus.FAILED, "the bucket does not exist", drift));
    assertThat(page)
        .contains("Run the-run is FAILED: the bucket does not exist.")
        .contains("The model is another one than in the night before.")
        .contains("distance from 2026-01-30")
        .contains("41.25 (by chance 3.50), alarm at 30.00")
        .contains("The images are farther from the night before than the alarm allows.")
        .contains("95.24 % (before: 0.00 %)");
  }

  @Test
  void saysNothingOfWhatDidNotHappen() {
    String page = text(run(RunStatus.DONE, null, null));
    assertThat(page).doesNotContain("the-run is", "distance from", "farther");
  }

  private static RunRecord run(RunStatus status, String failure, RunDrift drift) {
    return new RunRecord(
        "the-run",
        status,
        failure,
        "2026-01-31",
        "2026-01-31T02:00:00Z",
        100,
        50,
        210,
        0,
        0,
        0,
        null,
        210,
        0,
        0,
        TOTALS.counts(),
        1000,
        4.2,
        1,
        2,
        "magic",
        "new",
        "labels",
        "app",
        Map.of(),
        drift);
  }

  private static String text(RunRecord run) {
    NightFigures figures =
        new NightFigures(
            "2026-01-31",
            Optional.of("2026-01-30"),
            TOTALS,
            BEFORE,
            List.of(),
            0,
            List.of(),
            List.of(run),
            List.of());
    NightPage page =
        new NightPage("labels", figures, List.of(), List.of(), List.of(), Map.of(), Map.of(), "");
    return SelfContained.check(page.page().html()).getDocumentElement().getTextContent();
  }
}
