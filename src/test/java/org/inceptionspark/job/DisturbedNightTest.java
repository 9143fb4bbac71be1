package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.inceptionspark.job.directory.LockedTable;
import org.inceptionspark.job.directory.OutputTable;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.TableComparison;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nights that meet another run, a store that refuses, or what a dead run has left. */
@Tag("slow")
class DisturbedNightTest extends ObjectStoreNights {
  @Test
  void twoAtOnce() throws Exception {
    putPhotographs("two/in", 2);
    night("two", 1).execute();
    put("two/in/2.jpg", photograph(2));
    put("two/in/3.jpg", photograph(3));
    Set<String> keys = keys("two");
    OutputTable table = new OutputTable(uri("two/labels"), hadoop());
    try (LockedTable other = LockedTable.open(table, "other")) {
      assertThatThrownBy(() -> night("two", 2).execute())
          .hasMessageContaining(
              "table " + uri("two/labels") + " is being written by run other on ");
      assertThat(other.cleaned()).isEqualTo(new LabelsTable.Cleaned(0, 0, 0));
    }
    assertThat(keys("two")).isEqualTo(keys);
    assertThat(night("two", 2).execute().images()).isEqualTo(2);
    assertThat(rows("two")).hasSize(4).doesNotContainValue("LABELLED twice");
  }

  /** Of its last chunk the rows have appeared, and the committer's mark cannot be written. */
  @Test
  void rowsOfACommitThatFailsAreCounted() throws Exception {
    putPhotographs("mark/in", 3);
    s3.store().denyWrites("mark/labels/_SUCCESS");
    assertThatThrownBy(() -> night("mark", 1).commitEvery(2).execute())
        .hasMessage("labels into " + uri("mark/labels") + ": access denied, check the credentials");
    s3.store().allowWrites();
    assertThat(table("mark").count()).isEqualTo(2);
    RunRecord failed = RunRecords.of(uri("mark/labels"), hadoop()).newestFirst().next();
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.images()).isEqualTo(2);
    assertThat(failed.left()).isEqualTo(1);
    assertThat(night("mark", 1).execute().images()).isEqualTo(1);
    assertThat(rows("mark")).hasSize(3).doesNotContainValue("LABELLED twice");
  }

  /** The store refuses the second chunk; the next run finds the first and goes on there. */
  @Test
  void aNightThatFailsGoesOn() throws Exception {
    putPhotographs("crash/in", 9);
    SparkListener atSecondChunk =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            String job = start.properties().getProperty("spark.job.description", "");
            if (job.equals("label images, chunk 2 of 3")) {
              s3.store().denyWrites("crash/labels/run_date");
            }
          }
        };
    spark.sparkContext().addSparkListener(atSecondChunk);
    assertThatThrownBy(() -> night("crash", 1).commitEvery(3).execute())
        .hasMessage(
            "labels into " + uri("crash/labels") + ": access denied, check the credentials");
    spark.sparkContext().removeSparkListener(atSecondChunk);
    s3.store().allowWrites();

    assertThat(table("crash").count()).isEqualTo(3);
    RunRecord failed = RunRecords.of(uri("crash/labels"), hadoop()).newestFirst().next();
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.images()).isEqualTo(3);
    assertThat(failed.left()).isEqualTo(6);
    assertThat(failed.failure()).contains("access denied");

    RunRecord rest = night("crash", 1).commitEvery(3).execute();
    assertThat(rest.skipped()).isEqualTo(3);
    assertThat(rest.images()).isEqualTo(6);
    LabelImages.using(spark)
        .model(MODEL)
        .images(
            ImageSource.objects(
                ListObjects.using(spark).inputs(List.of(uri("crash/in"))).execute()))
        .output(uri("crash/undisturbed"))
        .runDate(LocalDate.of(2026, 1, 1))
        .execute();
    TableComparison.Result same =
        TableComparison.compare(
            table("crash"), spark.read().parquet(uri("crash/undisturbed")), Set.of());
    assertThat(same.examples()).isEmpty();
    assertThat(same.rows()).isEqualTo(9);
    assertThat(client.listMultipartUploads(r -> r.bucket(nights).prefix("crash/")).uploads())
        .isEmpty();
    assertThat(keys("crash/labels"))
        .noneMatch(key -> key.contains("magic") || key.contains("_lease"));
  }

  /** What a killed driver leaves: pending uploads, the committer's directories, a lease. */
  @Test
  void cleanDeletesWhatTheDeadLeft() throws Exception {
    putPhotographs("clean/in", 1);
    RunRecord run = night("clean", 1).execute();
    Set<String> keys = keys("clean");
    client.createMultipartUpload(
        u -> u.bucket(nights).key("clean/labels/run_date=2026-01-02/part-0"));
    client.createMultipartUpload(u -> u.bucket(nights).key("clean/elsewhere"));
    put("clean/labels/__magic_job-1/tasks/part-0.pending", new byte[] {1});
    put("clean/labels/_temporary/0/part-0", new byte[] {1});
    LabelsTable.Cleaned result = CleanTable.clean(spark, uri("clean/labels"));
    assertThat(result).isEqualTo(new LabelsTable.Cleaned(1, 2, 0));
    assertThat(keys("clean")).isEqualTo(keys);
    assertThat(client.listMultipartUploads(r -> r.bucket(nights)).uploads())
        .extracting(upload -> upload.key())
        .containsExactly("clean/elsewhere");
    assertThat(table("clean").count()).isEqualTo(run.images());
    client
        .listMultipartUploads(r -> r.bucket(nights))
        .uploads()
        .forEach(
            upload ->
                client.abortMultipartUpload(
                    a -> a.bucket(nights).key(upload.key()).uploadId(upload.uploadId())));
  }

  @Test
  void aTableThatIsNotThereCannotBeCleaned() {
    assertThatThrownBy(() -> CleanTable.clean(spark, uri("absent")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("table " + uri("absent") + " does not exist");
  }
}
