package org.inceptionspark.scale;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.CompactTable;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.plan.PartitionPlan;
import org.inceptionspark.job.plan.Totals;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.job.table.PersistedDataset;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.s3.SyntheticKeysS3;
import org.inceptionspark.search.duplicates.NearDuplicates;
import org.inceptionspark.search.neighbours.NearestNeighbours;

/**
 * A part of a night or of the day after, at any size.
 *
 * @param answerBytes of an object, if the answer itself is about all of them
 * @param prepare makes what it needs, and is not measured
 */
record ScalePhase(String name, long answerBytes, Preparation prepare) {
  /** Nine objects to a partition, at least, and its first path with all that Java adds. */
  private static final long BYTES_OF_A_PARTITION = 500 / 9;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Makes the work for so many objects. */
  interface Preparation {
    Prepared of(long objects) throws Exception;
  }

  /**
   * Work, ready to be done.
   *
   * @param requests that the storage has been asked so far
   */
  record Prepared(SparkWork.Work work, LongSupplier requests) {}

  Growth.Measured run(long objects) throws Exception {
    Prepared prepared = prepare.of(objects);
    long requests = prepared.requests().getAsLong();
    ExecutorHeaps executors = ExecutorHeaps.begin(SparkSession.active());
    HeapWatch heap = HeapWatch.begin();
    long cpu = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    SparkWork.Counts counts;
    double seconds;
    try (heap) {
      counts = SparkWork.of(SparkSession.active(), prepared.work());
      seconds = (System.nanoTime() - start) / 1e9;
    }
    cpu = THREADS.getCurrentThreadCpuTime() - cpu + counts.cpuNanos();
    return new Growth.Measured(
        objects,
        seconds,
        cpu / 1e9,
        counts,
        prepared.requests().getAsLong() - requests,
        heap.bytes(),
        executors.end());
  }

  /** All phases, in the order of a night. */
  static List<ScalePhase> all(SparkSession spark, Path directory) {
    Phases phases = new Phases(spark, directory);
    return List.of(
        new ScalePhase(SimulatedNight.LIST, 0, n -> phases.listS3(n, 1000)),
        new ScalePhase("list S3, 10 keys a directory", 0, n -> phases.listS3(n, 10)),
        new ScalePhase("list disk, 1000 files a directory", 0, n -> phases.list(n, 1000)),
        new ScalePhase("list disk, 10 files a directory", 0, n -> phases.list(n, 10)),
        new ScalePhase("list disk, all in one directory", 0, n -> phases.list(n, 0)),
        new ScalePhase(SimulatedNight.COMPARE, 0, phases::compare),
        new ScalePhase(SimulatedNight.PLAN, BYTES_OF_A_PARTITION, phases::plan),
        new ScalePhase(SimulatedNight.NEW, 0, phases::allNew),
        new ScalePhase(SimulatedNight.COMMIT, 0, phases::commits),
        new ScalePhase(SimulatedNight.COMPACT, 0, phases::compact),
        new ScalePhase("night: a tenth is a placeholder", 0, phases::placeholder),
        new ScalePhase("night: one in a thousand again", 0, phases::again),
        new ScalePhase("newest rows: each image twice", 0, phases::newest),
        new ScalePhase("search for all: each image twice", 0, phases::join),
        new ScalePhase("duplicates: most are copies", 400, phases::duplicates));
  }

  private static final class Phases {
    private static final LabelerSpec MODEL = TinyModel.spec();
    private static final String PARALLELISM = "spark.default.parallelism";

    /** Two such columns are as large as 2,048 floats and 1,001. */
    private static final int FULL_WIDTH = 1_524;

    private final SparkSession spark;
    private final Path directory;
    private int tables;
    private int stores;

    Phases(SparkSession spark, Path directory) {
      this.spark = spark;
      this.directory = directory;
    }

    private Dataset<Row> listed(SyntheticObjects objects) throws Exception {
      return ListObjects.using(spark).inputs(List.of(objects.uri())).execute();
    }

    private Prepared list(long n, long perDirectory) {
      SyntheticObjects objects = SyntheticObjects.of(n, perDirectory);
      return prepared(() -> computed(listed(objects)));
    }

    private static Prepared prepared(SparkWork.Work work) {
      return new Prepared(work, SyntheticFileSystem.PAGES::get);
    }

    private static void computed(Dataset<Row> rows) {
      rows.write().format("noop").mode(SaveMode.Overwrite).save();
    }

    /** The store, which is in this JVM, is part of what is measured. */
    private Prepared listS3(long n, long perDirectory) throws Exception {
      SyntheticObjects objects = SyntheticObjects.of(n, perDirectory);
      SyntheticKeysS3 store =
          SyntheticKeysS3.start(n, i -> "in/" + objects.below(i), Duration.ofMillis(2));
      String bucket = "made-up-" + stores++;
      store
          .s3aOptions()
          .forEach(
              (key, value) ->
                  spark
                      .sparkContext()
                      .hadoopConfiguration()
                      .set(key.replaceFirst("s3a[.]", "s3a.bucket." + bucket + "."), value));
      List<String> input = List.of("s3a://" + bucket + "/in");
      return new Prepared(
          () -> {
            try (store) {
              computed(ListObjects.using(spark).inputs(input).execute());
            }
          },
          store::requests);
    }

    private String held(SyntheticObjects objects, long rows, long unreadableEvery) {
      String table = directory.resolve("labels" + tables++).toUri().toString();
      new SyntheticTable(objects, rows, unreadableEvery, MODEL.fingerprint())
          .write(spark, table, 8);
      return table;
    }

    private LabelImages night(SyntheticObjects objects, String table) throws Exception {
      return LabelImages.using(spark)
          .model(MODEL)
          .images(ImageSource.objects(listed(objects)))
          .output(table)
          .ifExists(IfExists.APPEND)
          .runDate(LocalDate.of(2026, 1, 2));
    }

    private Prepared compare(long n) {
      SyntheticObjects objects = SyntheticObjects.of(n, 1000);
      String table = held(objects, n, 0);
      return prepared(() -> night(objects, table).estimate());
    }

    /**
     * As many cores as the night has that is simulated: on them a partition is as short as here.
     */
    private Prepared plan(long n) throws Exception {
      Dataset<Row> objects = listed(SyntheticObjects.of(n, 1000));
      Dataset<Row> listed =
          PersistedDataset.of(ImageSource.objects(objects).rows(Optional.empty())).rows();
      Totals totals = Totals.of(listed);
      SparkConf conf = spark.sparkContext().conf();
      return prepared(
          () -> {
            conf.set(PARALLELISM, Integer.toString(SimulatedNight.CORES));
            PartitionPlan plan =
                PartitionPlan.of(listed, totals, n / SimulatedNight.CHUNKS, rows -> rows);
            computed(plan.rows(plan.chunks().get(0)));
            conf.remove(PARALLELISM);
            listed.unpersist();
          });
    }

    private Prepared allNew(long n) {
      String table = directory.resolve("labels" + tables++).toUri().toString();
      return prepared(() -> night(SyntheticObjects.of(n, 1000), table).execute());
    }

    private Prepared commits(long n) {
      String table = directory.resolve("labels" + tables++).toUri().toString();
      SyntheticObjects objects = SyntheticObjects.of(n / SimulatedNight.IMAGES_COMMITTED, 0);
      return prepared(() -> night(objects, table).commitEvery(1).execute());
    }

    /** Reads, gathers and writes. */
    private Prepared compact(long n) {
      String table = directory.resolve("labels" + tables++).toUri().toString();
      long rows = n / SimulatedNight.ROWS_COMPACTED;
      new SyntheticTable(SyntheticObjects.of(rows, 0), rows, 0, MODEL.fingerprint(), FULL_WIDTH)
          .write(spark, table, 8);
      return prepared(
          () -> CompactTable.using(spark).table(table).before(LocalDate.of(2026, 2, 1)).execute());
    }

    private Prepared placeholder(long n) {
      SyntheticObjects objects = new SyntheticObjects(n, 1000, n / 2);
      String table = held(objects, n - n / 10, 0);
      return prepared(() -> night(objects, table).execute());
    }

    private Prepared again(long n) {
      SyntheticObjects objects = SyntheticObjects.of(n, 1000);
      String table = held(objects, n, 1000);
      return prepared(() -> night(objects, table).commitEvery(Math.max(1, n / 5000)).execute());
    }

    /** A copy of the bucket doubles every row. */
    private Dataset<Row> twice(long n) {
      String table = held(SyntheticObjects.of(n / 2, 1000), n / 2, 0);
      spark
          .read()
          .parquet(table)
          .selectExpr("* EXCEPT (modified, run_date)", "modified + INTERVAL 1 DAY AS modified")
          .selectExpr("*", "DATE '2026-01-02' AS run_date")
          .write()
          .mode(SaveMode.Append)
          .partitionBy("run_date")
          .parquet(table);
      return spark.read().parquet(table);
    }

    private Prepared newest(long n) {
      Dataset<Row> table = twice(n);
      return prepared(() -> computed(NewestRows.of(table).select("path", "prelogits")));
    }

    private Prepared join(long n) {
      Dataset<Row> table = twice(n);
      Dataset<Row> queries = table.limit(10);
      return prepared(
          () ->
              NearestNeighbours.in(table)
                  .model(MODEL.fingerprint())
                  .join(queries, 5)
                  .collectAsList());
    }

    private Prepared duplicates(long n) {
      SyntheticObjects objects = new SyntheticObjects(n, 1000, Math.min(n, 500));
      String table = held(objects, n, 0);
      return prepared(
          () -> NearDuplicates.in(spark.read().parquet(table), MODEL.fingerprint()).groups(1));
    }
  }
}
