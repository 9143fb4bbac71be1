package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inceptionspark.job.runs.Outcome.LABELLED;
import static org.inceptionspark.job.runs.Outcome.NOT_AN_IMAGE;
import static org.inceptionspark.job.runs.Outcome.UNREADABLE;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.plan.NightEstimate;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.s3.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Night after night on one table in an object store. */
@Tag("site")
@Tag("slow")
class NightlyTest extends ObjectStoreNights {
  @Test
  void theSecondNightLabelsWhatIsNew() throws Exception {
    putPhotographs("new/in", 2);
    put("new/in/text.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
    put("new/in/denied.jpg", photograph(7));
    s3.store().fail("new/in/denied.jpg", Fault.DENIED);
    RunRecord first = night("new", 1).execute();
    assertThat(first.counts())
        .containsEntry(LABELLED, 2L)
        .containsEntry(NOT_AN_IMAGE, 1L)
        .containsEntry(UNREADABLE, 1L);

    put("new/in/1.jpg", photograph(9)); // changed
    put("new/in/more.jpg", photograph(10));
    s3.store().requests().clear();
    RunRecord second = night("new", 2).execute();
    assertThat(second.skipped()).isEqualTo(2);
    assertThat(second.counts()).containsEntry(LABELLED, 2L).containsEntry(UNREADABLE, 1L);
    assertAddsUp(second);
    assertThat(second.askedAgain()).isEqualTo(1);
    assertThat(second.failedAgain()).isEqualTo(1);
    assertThat(second.newErrors()).as("what failed before is no news").isZero();
    assertThat(s3.store().requests()).doesNotContain("GET new/in/0.jpg", "GET new/in/text.jpg");
    assertThat(rows("new"))
        .containsExactly(
            Map.entry("0.jpg 1", "LABELLED"),
            Map.entry("1.jpg 1", "LABELLED"),
            Map.entry("1.jpg 2", "LABELLED"),
            Map.entry("denied.jpg 2", "UNREADABLE"), // in place of last night's row
            Map.entry("more.jpg 2", "LABELLED"),
            Map.entry("text.jpg 1", "NOT_AN_IMAGE"));

    RunRecord third = night("new", 3).selection(again(Relabel.ERRORS)).execute();
    assertThat(third.images()).as("errors, final ones too").isEqualTo(2);
    RunRecord record = RunRecords.of(uri("new/labels"), hadoop()).newestFirst().next();
    assertThat(record.runId()).isEqualTo(third.runId());
    assertThat(record.status()).isEqualTo(RunStatus.DONE);
    assertThat(record.committer()).isEqualTo("magic");
    assertThat(record.left()).isZero();
    assertThat(rows("new"))
        .containsEntry("text.jpg 3", "NOT_AN_IMAGE")
        .containsEntry("denied.jpg 3", "UNREADABLE")
        .doesNotContainKeys("text.jpg 1", "denied.jpg 2");
  }

  @Test
  void whatCouldNotBeReadHasOneRowAlways() throws Exception {
    putPhotographs("again/in", 5);
    s3.store().fail("again/in/1.jpg", Fault.DENIED);
    s3.store().fail("again/in/2.jpg", Fault.DENIED);
    s3.store().fail("again/in/3.jpg", Fault.DENIED);
    night("again", 1).execute();
    assertThat(table("again").inputFiles()).as("what is UNREADABLE lies apart").hasSize(2);

    s3.store().heal();
    s3.store().fail("again/in/2.jpg", Fault.DENIED);
    client.deleteObject(o -> o.bucket(nights).key("again/in/3.jpg"));
    RunRecord second = night("again", 2).execute();
    assertThat(second.skipped()).isEqualTo(2);
    assertThat(second.images()).isEqualTo(2);
    assertThat(second.askedAgain()).isEqualTo(2);
    assertThat(second.failedAgain()).isEqualTo(1);
    assertThat(second.errorRate()).as("nothing is new").isZero();
    assertThat(rows("again"))
        .containsExactly(
            Map.entry("0.jpg 1", "LABELLED"),
            Map.entry("1.jpg 2", "LABELLED"),
            Map.entry("2.jpg 2", "UNREADABLE"),
            Map.entry("3.jpg 1", "UNREADABLE"), // not listed any more: it stays
            Map.entry("4.jpg 1", "LABELLED"));
    assertThat(keys("again/labels")).noneMatch(key -> key.contains("_replacement"));

    LabelerSpec other = TinyModel.builder().preprocessing("torchvision").build();
    s3.store().heal();
    night("again", 3).model(other).execute();
    assertThat(rows("again")).as("rows of another model are its own").containsKey("2.jpg 2");
    night("again", 3).selection(again(Relabel.ERRORS)).execute();
    assertThat(
            table("again")
                .where("error is not null")
                .select("path")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList())
        .containsExactly(uri("again/in/3.jpg"));
    assertThat(table("again").groupBy("path", "model").count().where("count > 1").count()).isZero();
  }

  @Test
  void anotherModelHasItsOwnRows() throws Exception {
    putPhotographs("models/in", 2);
    night("models", 1).execute();
    LabelerSpec other = TinyModel.builder().preprocessing("torchvision").build();
    put("models/in/new.jpg", photograph(5));
    RunRecord stale = night("models", 2).model(other).selection(again(Relabel.STALE)).execute();
    assertThat(stale.images()).as("what the first model labelled, not what is new").isEqualTo(2);
    assertThat(night("models", 2).model(other).execute().images()).isEqualTo(1);
    assertThat(night("models", 3).execute().images()).as("by the first model").isEqualTo(1);
    assertThat(table("models").groupBy("model").count().collectAsList())
        .extracting(row -> row.getLong(1))
        .containsExactly(3L, 3L);
  }

  @Test
  void knownBytesAreNotComputedAgain() throws Exception {
    putPhotographs("reuse/in", 2);
    night("reuse", 1).execute();
    put("reuse/in/moved/0.jpg", photograph(0));
    byte[] sameLength = photograph(1);
    sameLength[sameLength.length - 1]++;
    put("reuse/in/other.jpg", sameLength);
    LabelerSpec names = TinyModel.builder().top(2).build();
    RunRecord second = night("reuse", 2).model(names).execute();
    assertThat(second.reused()).isEqualTo(1);
    assertThat(second.counts()).containsEntry(LABELLED, 1L);
    assertAddsUp(second);
    List<Row> pair =
        table("reuse")
            .where("path like '%/0.jpg'")
            .orderBy("run_date")
            .selectExpr(
                "sha256",
                "format",
                "width",
                "height",
                "logits",
                "prelogits",
                "model",
                "path",
                "etag",
                "size(top)",
                "top[0]")
            .collectAsList();
    assertThat(pair).hasSize(2);
    for (int i = 0; i < 7; i++) {
      assertThat(pair.get(1).get(i)).isEqualTo(pair.get(0).get(i));
    }
    assertThat(pair.get(1).getString(7)).endsWith("/in/moved/0.jpg");
    assertThat(pair.get(1).getString(8)).isEqualTo(pair.get(0).getString(8));
    assertThat(pair.get(1).getInt(9)).as("labels, as asked now").isEqualTo(2);
    assertThat(pair.get(1).get(10)).isEqualTo(pair.get(0).get(10));
    assertThat(night("reuse", 3).execute().skipped()).isEqualTo(4);
  }

  @Test
  void sinceAndLimit() throws Exception {
    putPhotographs("limit/in", 5);
    Selection two = new Selection(Relabel.NONE, Optional.empty(), OptionalLong.of(2));
    RunRecord first = night("limit", 1).selection(two).execute();
    assertThat(first.images()).isEqualTo(2);
    assertThat(first.left()).isEqualTo(3);
    assertThat(night("limit", 1).selection(two).execute().left()).isEqualTo(1);
    Selection later =
        new Selection(
            Relabel.NONE, Optional.of(Instant.parse("2100-01-01T00:00:00Z")), OptionalLong.empty());
    assertThat(night("limit", 2).selection(later).execute().skipped()).isEqualTo(5);
    Selection recent =
        new Selection(
            Relabel.NONE, Optional.of(Instant.parse("2020-01-01T00:00:00Z")), OptionalLong.empty());
    assertThat(night("limit", 2).selection(recent).execute().images()).isEqualTo(1);
    assertThat(rows("limit")).hasSize(5).doesNotContainValue("LABELLED twice");
  }

  @Test
  void theDryRunWritesNothing() throws Exception {
    putPhotographs("dry/in", 3);
    NightEstimate before = night("dry", 1).estimate();
    assertThat(before.images()).isEqualTo(3);
    assertThat(before.coreHours()).isEmpty();
    assertThat(keys("dry/labels")).isEmpty();
    night("dry", 1).execute();
    put("dry/in/new.jpg", photograph(20));
    put("dry/in/copy.jpg", photograph(0));
    Set<String> keys = keys("dry");
    NightEstimate after = night("dry", 2).estimate();
    assertThat(keys("dry")).isEqualTo(keys);
    assertThat(after.listed()).isEqualTo(5);
    assertThat(after.skipped()).isEqualTo(3);
    assertThat(after.images()).isEqualTo(2);
    assertThat(after.bytes()).isEqualTo(photograph(20).length + photograph(0).length);
    assertThat(after.candidates()).isEqualTo(1);
    assertThat(after.coreHours().orElseThrow()).isPositive();
  }
}
