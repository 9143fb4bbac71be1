package org.inceptionspark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.inceptionspark.job.CompactTable;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a night costs, counted on synthetic tables and listings: no pairs, and nothing that collects
 * all.
 */
@Tag("slow")
class NightScaleTest {
  private static final LabelerSpec MODEL = TinyModel.spec();
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir Path directory;

  @BeforeAll
  static void register() {
    SyntheticFileSystem.register(SPARK.sparkContext().hadoopConfiguration());
  }

  @AfterEach
  void heal() {
    SyntheticFileSystem.deny(i -> false);
  }

  private String table() {
    return directory.resolve("labels").toUri().toString();
  }

  private LabelImages night(SyntheticObjects objects, int day) throws Exception {
    return LabelImages.using(SPARK)
        .model(MODEL)
        .images(
            ImageSource.objects(ListObjects.using(SPARK).inputs(List.of(objects.uri())).execute()))
        .output(table())
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.of(2026, 1, day));
  }

  private Dataset<Row> rows() {
    return SPARK.newSession().read().parquet(table());
  }

  private void hold(SyntheticObjects objects, long rows, long unreadableEvery, int files) {
    new SyntheticTable(objects, rows, unreadableEvery, MODEL.fingerprint())
        .write(SPARK, table(), files);
  }

  @Test
  void aPlaceholderPictureIsNotPairedWithEachOfItsCopies() throws Exception {
    SyntheticObjects objects = new SyntheticObjects(2_300, 0, 0);
    hold(objects, 2_000, 0, 2);
    RunRecord[] result = new RunRecord[1];
    SparkWork.Counts work = SparkWork.of(SPARK, () -> result[0] = night(objects, 2).execute());
    assertThat(result[0].reused()).isEqualTo(300);
    assertThat(work.mostRows()).as("that any step gives").isLessThanOrEqualTo(2_300);
    assertThat(rows().where("error is null").count()).isEqualTo(2_300);
  }

  @Test
  void rowsThatMayGiveWayAreLookedForOnceARun() throws Exception {
    SyntheticObjects objects = SyntheticObjects.of(2_000, 0);
    long[] rowsRead = new long[2];
    int[] commitEvery = {1_000, 5};
    for (int i = 0; i < 2; i++) {
      String table = directory.resolve("labels" + i).toUri().toString();
      SyntheticFileSystem.deny(n -> n % 50 == 0);
      night(objects, 1).output(table).execute();
      SyntheticFileSystem.deny(n -> false);
      LabelImages night = night(objects, 2).output(table).commitEvery(commitEvery[i]);
      rowsRead[i] = SparkWork.of(SPARK, night::execute).rowsRead();
      Dataset<Row> after = SPARK.newSession().read().parquet(table);
      assertThat(after.count()).isEqualTo(2_000);
      assertThat(after.where("run_date = '2026-01-02'").count()).isEqualTo(40);
    }
    assertThat(rowsRead[1] - rowsRead[0])
        .as("one chunk, or eight: the rows that they replace, not the table")
        .isLessThan(2_000);
  }

  @Test
  void theLimitComesFirst() throws Exception {
    SyntheticObjects objects = SyntheticObjects.of(4_000, 0);
    hold(objects, 10, 10, 1);
    Selection limited = new Selection(Relabel.NONE, Optional.empty(), OptionalLong.of(20));
    SparkWork.Counts work =
        SparkWork.of(SPARK, () -> night(objects, 2).selection(limited).execute());
    assertThat(rows().count()).isEqualTo(29);
    assertThat(work.rowsWritten()).isLessThan(100);
  }

  @Test
  void whatStaysUnreadableCostsItsOwnRows() throws Exception {
    SyntheticObjects objects = SyntheticObjects.of(2_000, 0);
    SyntheticFileSystem.deny(i -> i % 50 == 0);
    night(objects, 1).execute();
    String large =
        rows()
            .where("error.kind = 'NOT_AN_IMAGE'")
            .select(functions.input_file_name())
            .head()
            .getString(0);
    SyntheticFileSystem.deny(i -> i % 100 == 0);
    SparkWork.Counts work = SparkWork.of(SPARK, () -> night(objects, 2).execute());
    assertThat(rows().inputFiles()).as("not written again").contains(large);
    assertThat(work.rowsWritten()).as("40 objects, noted and written").isLessThan(100);
    assertThat(rows().count()).isEqualTo(2_000);
    assertThat(rows().where("error.kind = 'UNREADABLE'").count()).isEqualTo(20);
    assertThat(rows().where("run_date = '2026-01-02'").count()).isEqualTo(40);
    SyntheticFileSystem.deny(i -> false);
    RunRecord healed = night(objects, 3).execute();
    assertThat(healed.counts()).containsEntry(Outcome.NOT_AN_IMAGE, 20L);
    assertThat(rows().select("path").distinct().count()).isEqualTo(2_000);
    assertThat(rows().count()).isEqualTo(2_000);
  }

  @Test
  void aCompactionKeepsUnreadableRowsApartAndThenHasNothingToDo() throws Exception {
    SyntheticObjects objects = SyntheticObjects.of(90, 0);
    SyntheticFileSystem.deny(i -> i % 10 == 0);
    night(objects, 1).commitEvery(30).execute();
    assertThat(rows().inputFiles()).hasSize(6);
    CompactTable compact =
        CompactTable.using(SPARK).table(table()).before(LocalDate.of(2026, 1, 2));
    assertThat(compact.execute()).isEqualTo(new LabelsTable.Compacted(1, 6, 2));
    assertThat(compact.execute()).isEqualTo(new LabelsTable.Compacted(0, 0, 0));
    assertThat(rows().count()).isEqualTo(90);
    SparkWork.Counts work = SparkWork.of(SPARK, () -> night(objects, 2).execute());
    assertThat(work.rowsWritten()).isLessThan(30);
  }

  /** Spark itself would keep a hundred times as many, of ten times as many stages. */
  @Test
  void theDriverForgetsTasks() throws Exception {
    JavaSparkContext context = new JavaSparkContext(SPARK.sparkContext());
    context.setJobGroup("forgotten", "tasks");
    context.parallelize(Collections.nCopies(2_500, 1), 2_500).count();
    context.clearJobGroup();
    int job = context.statusTracker().getJobIdsForGroup("forgotten")[0];
    int stage = context.statusTracker().getJobInfo(job).stageIds()[0];
    SPARK.sparkContext().listenerBus().waitUntilEmpty();
    for (int i = 0; i < 100 && remembered(stage) > 1_000; i++) {
      Thread.sleep(100); // a thread of Spark's forgets
    }
    assertThat(remembered(stage)).isLessThanOrEqualTo(1_000);
  }

  private static int remembered(int stage) {
    return SPARK.sparkContext().statusStore().taskList(stage, 0, 5_000).size();
  }

  /** Spark's simplest shuffle makes a file for each task and partition: few tasks, few files. */
  @Test
  void aDirectoryIsNoPartition() throws Exception {
    SyntheticObjects objects = SyntheticObjects.of(3_000, 3);
    hold(objects, 2_000, 0, 2);
    SparkWork.Counts work =
        SparkWork.of(
            SPARK, () -> assertThat(night(objects, 2).estimate().images()).isEqualTo(1_000));
    assertThat(work.mapTasks()).as("tasks that write for others").isLessThan(200);
  }

  @Test
  void theLargestDirectoriesAreSharedByAllTasks() throws Exception {
    SyntheticObjects objects = SyntheticObjects.of(14_000, 2);
    long pages = SyntheticFileSystem.PAGES.get();
    SparkSession session = SPARK.newSession();
    session.conf().set("spark.sql.shuffle.partitions", 64);
    session.conf().set("spark.sql.adaptive.enabled", false); // it would merge what is so small
    Dataset<Row> listed = ListObjects.using(session).inputs(List.of(objects.uri())).execute();
    SparkWork.Counts work =
        SparkWork.of(session, () -> assertThat(listed.count()).isEqualTo(14_000));
    assertThat(work.mostShuffled()).as("7,000 directories, of one task").isLessThan(8_000);
    assertThat(SyntheticFileSystem.PAGES.get() - pages).isLessThan(7_000 + 50);
  }

  @Test
  void manyDirectoriesAreNotManyTasks() throws Exception {
    SyntheticObjects objects = SyntheticObjects.of(20_000, 10);
    long pages = SyntheticFileSystem.PAGES.get();
    SparkWork.Counts work =
        SparkWork.of(
            SPARK,
            () ->
                assertThat(
                        ListObjects.using(SPARK).inputs(List.of(objects.uri())).execute().count())
                    .isEqualTo(20_000));
    assertThat(work.tasks()).isLessThan(50);
    assertThat(SyntheticFileSystem.PAGES.get() - pages).isLessThan(2_000 + 50);
  }
}
