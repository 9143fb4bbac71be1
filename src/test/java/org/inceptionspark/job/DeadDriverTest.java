package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.table.TableComparison;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A driver that dies at each step of a commit to an object store, one run after the other on one
 * table. To a store, a dead client is one that it no longer hears from: so it ignores everything
 * from a certain write on.
 */
@Tag("slow")
class DeadDriverTest extends ObjectStoreNights {
  private static final String LABELS = "dead/labels/";

  /** The writes of a commit, in order; the dead driver's last is the one before. */
  private static final List<String> STEPS =
      List.of(
          "PUT __magic_job-[^/]+/",
          "PUT __magic_job-.*/__base/",
          "START run_date=.*",
          "PART run_date=.*",
          "PUT __magic_job-.*\\.pending",
          "PUT __magic_job-.*\\.pendingset",
          "COMPLETE run_date=.*",
          "PUT _SUCCESS",
          "DELETE __magic_job-[^/]+/",
          "PUT _runs/.*",
          "DELETE _lease.*");

  /** Matches a step from the first write on: what is cleaned up before does not count. */
  private static Predicate<String> at(String step) {
    AtomicBoolean begun = new AtomicBoolean();
    return write -> {
      String name = write.replaceFirst(" " + LABELS, " ");
      begun.compareAndSet(false, name.matches(STEPS.get(0)));
      return begun.get() && name.matches(step);
    };
  }

  /** Each run finds what its dead predecessors left, and dies one step later in its own commit. */
  @Test
  void atEachStepOfACommitLosesNothing() throws Exception {
    put("dead/in/first.jpg", photograph(1000));
    night("dead", 1).execute();
    for (int i = 0; i < STEPS.size(); i++) {
      put("dead/in/" + i + ".jpg", photograph(i));
      s3.store().dieAt(at(STEPS.get(i)));
      LabelImages night = night("dead", 1);
      assertThatThrownBy(night::execute).as(STEPS.get(i)).isInstanceOf(IOException.class);
      s3.store().heal();
      buryHolderOf(LABELS);
      assertThat(rows("dead")).as(STEPS.get(i)).doesNotContainValue("LABELLED twice");
    }
    put("dead/in/last.jpg", photograph(2000));
    RunRecord last = night("dead", 1).execute();
    assertThat(last.images()).isEqualTo(1);
    assertSameAsUndisturbed();
    assertThat(client.listMultipartUploads(r -> r.bucket(nights).prefix("dead/")).uploads())
        .isEmpty();
    assertThat(keys(LABELS)).noneMatch(key -> key.contains("magic") || key.contains("_lease"));
  }

  private static void assertSameAsUndisturbed() throws Exception {
    LabelImages.using(spark)
        .model(MODEL)
        .images(
            ImageSource.objects(ListObjects.using(spark).inputs(List.of(uri("dead/in"))).execute()))
        .output(uri("dead/undisturbed"))
        .runDate(LocalDate.of(2026, 1, 1))
        .execute();
    TableComparison.Result same =
        TableComparison.compare(
            table("dead"), spark.read().parquet(uri("dead/undisturbed")), Set.of());
    assertThat(same.examples()).isEmpty();
    assertThat(same.rows()).isEqualTo(STEPS.size() + 2);
  }
}
