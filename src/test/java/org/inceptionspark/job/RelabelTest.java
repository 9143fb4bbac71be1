package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inceptionspark.job.runs.Outcome.LABELLED;
import static org.inceptionspark.job.runs.Outcome.NOT_AN_IMAGE;
import static org.inceptionspark.job.runs.Outcome.UNREADABLE;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.inceptionspark.job.SeenTable.Seen;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.s3.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** New rows replace those of the same version: never twice, and never a better one. */
@Tag("site")
@Tag("slow")
class RelabelTest extends ObjectStoreNights {
  private static final byte[] TEXT = "no picture".getBytes(StandardCharsets.UTF_8);

  @AfterEach
  void heal() {
    s3.store().heal();
  }

  private static SeenTable watch(String name) {
    return SeenTable.watch(spark, s3.store(), uri(name + "/labels"));
  }

  private static void assertNeverTwice(SeenTable seen) {
    assertThat(seen.states()).isNotEmpty();
    for (List<Seen> state : seen.states()) {
      assertThat(SeenTable.twice(state)).as("twice in %s", state).isEmpty();
    }
    assertThat(SeenTable.twice(seen.now())).isEmpty();
  }

  private static void assertNothingLeft(String name) {
    assertThat(keys(name + "/labels"))
        .noneMatch(key -> key.contains("_replacement") || key.contains("magic"));
    assertThat(client.listMultipartUploads(r -> r.bucket(nights).prefix(name)).uploads()).isEmpty();
  }

  @Test
  void allAgainHasOneRowEach() throws Exception {
    putPhotographs("all/in", 5);
    put("all/in/text.jpg", TEXT);
    night("all", 1).commitEvery(4).execute();
    put("all/in/new.jpg", photograph(9));
    SeenTable seen = watch("all");
    RunRecord again = night("all", 2).selection(again(Relabel.ALL)).commitEvery(3).execute();
    assertThat(again.counts()).containsEntry(LABELLED, 6L).containsEntry(NOT_AN_IMAGE, 1L);
    assertNeverTwice(seen);
    assertThat(rows("all")).hasSize(7).allSatisfy((row, kind) -> assertThat(row).endsWith(" 2"));
    assertNothingLeft("all");
    assertThat(night("all", 3).execute().skipped()).isEqualTo(7);
  }

  /** Errors and labels share a file: the labels are missing only while it is replaced. */
  @Test
  void errorsAgainLeaveOthersAlone() throws Exception {
    putPhotographs("errors/in", 4);
    put("errors/in/text.jpg", TEXT);
    night("errors", 1).execute();
    SeenTable seen = watch("errors");
    night("errors", 2).selection(again(Relabel.ERRORS)).execute();
    assertNeverTwice(seen);
    assertThat(seen.states()).extracting(List::size).containsSubsequence(5, 0, 4);
    assertThat(SeenTable.byName(seen.now()))
        .hasSize(5)
        .containsEntry("text.jpg 2", "NOT_AN_IMAGE")
        .containsEntry("0.jpg 1", "LABELLED");
    assertNothingLeft("errors");
  }

  @Test
  void aRowStaysIfTheNewOneIsWorse() throws Exception {
    putPhotographs("worse/in", 3);
    put("worse/in/text.jpg", TEXT);
    s3.store().fail("worse/in/2.jpg", Fault.DENIED);
    night("worse", 1).execute();
    s3.store().heal();
    s3.store().fail("worse/in/0.jpg", Fault.DENIED);
    s3.store().fail("worse/in/text.jpg", Fault.DENIED);
    SeenTable seen = watch("worse");
    RunRecord again = night("worse", 2).selection(again(Relabel.ALL)).execute();
    assertThat(again.counts()).containsEntry(LABELLED, 2L).containsEntry(UNREADABLE, 2L);
    assertAddsUp(again);
    assertNeverTwice(seen);
    assertThat(rows("worse"))
        .containsExactly(
            Map.entry("0.jpg 1", "LABELLED"),
            Map.entry("1.jpg 2", "LABELLED"),
            Map.entry("2.jpg 2", "LABELLED"),
            Map.entry("text.jpg 1", "NOT_AN_IMAGE"));
    assertNothingLeft("worse");
  }

  @Test
  void nothingIsReplacedIfAllIsWorse() throws Exception {
    putPhotographs("denied/in", 2);
    night("denied", 1).execute();
    s3.store().fail("denied/in/0.jpg", Fault.DENIED);
    s3.store().fail("denied/in/1.jpg", Fault.DENIED);
    night("denied", 2).selection(again(Relabel.ALL)).execute();
    assertThat(rows("denied")).containsOnlyKeys("0.jpg 1", "1.jpg 1");
    assertNothingLeft("denied");
  }

  @Test
  void aCompactionShowsNoRowTwice() throws Exception {
    putPhotographs("compact/in", 4);
    night("compact", 1).commitEvery(1).execute();
    SeenTable seen = watch("compact");
    CompactTable.using(spark)
        .table(uri("compact/labels"))
        .before(LocalDate.of(2026, 1, 2))
        .execute();
    assertNeverTwice(seen);
    assertThat(seen.now()).hasSize(4);
    assertThat(seen.now().stream().map(Seen::file).distinct()).hasSize(1);
  }
}
