package org.inceptionspark.scale;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.search.duplicates.NearDuplicates;
import org.inceptionspark.search.neighbours.NearestNeighbours;

/**
 * A part of a night or of the day after, at any size.
 *
 * @param answerBytes of an object, if the answer itself is about all of them
 * @param prepare makes what it needs, and is not measured
 */
record ScalePhase(String name, long answerBytes, Preparation prepare) {
  /** Makes the work for so many objects. */
  interface Preparation {
    SparkWork.Work of(long objects) throws Exception;
  }

  ScaleCheck.Measured run(long objects) throws Exception {
    SparkWork.Work work = prepare.of(objects);
    System.gc();
    long requests = MadeUpFileSystem.PAGES.get();
    HeapAfterCollections heap = HeapAfterCollections.watch();
    long cpu = cpuTime();
    long start = System.nanoTime();
    SparkWork.Counts counts = SparkWork.of(SparkSession.active(), work);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (cpuTime() - cpu) / 1e9;
    System.gc();
    return new ScaleCheck.Measured(
        objects, seconds, cpuSeconds, counts, MadeUpFileSystem.PAGES.get() - requests, heap.stop());
  }

  private static long cpuTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** All phases, in the order of a night. */
  static List<ScalePhase> all(SparkSession spark, Path directory) {
    Phases phases = new Phases(spark, directory);
    return List.of(
        new ScalePhase("list, 1000 keys a directory", 0, n -> phases.list(n, 1000)),
        new ScalePhase("list, 10 keys a directory", 0, n -> phases.list(n, 10)),
        new ScalePhase("list, all in one directory", 0, n -> phases.list(n, 0)),
        new ScalePhase("compare: nothing is new", 0, phases::compare),
        new ScalePhase("night: a tenth is a placeholder", 0, phases::placeholder),
        new ScalePhase("night: one in a thousand again", 0, phases::again),
        new ScalePhase("newest rows: each image twice", 0, phases::newest),
        new ScalePhase("search for all: each image twice", 0, phases::join),
        new ScalePhase("duplicates: most are copies", 400, phases::duplicates));
  }

  private static final class Phases {
    private static final LabelerSpec MODEL = TinyModel.spec();

    private final SparkSession spark;
    private final Path directory;
    private int tables;

    Phases(SparkSession spark, Path directory) {
      this.spark = spark;
      this.directory = directory;
    }

    private Dataset<Row> listed(MadeUpObjects objects) throws Exception {
      return ListObjects.using(spark).inputs(List.of(objects.uri())).execute();
    }

    private SparkWork.Work list(long n, long perDirectory) {
      MadeUpObjects objects = MadeUpObjects.of(n, perDirectory);
      return () -> listed(objects).write().format("noop").mode(SaveMode.Overwrite).save();
    }

    private String held(MadeUpObjects objects, long rows, long unreadableEvery) {
      String table = directory.resolve("labels" + tables++).toUri().toString();
      new MadeUpTable(objects, rows, unreadableEvery, MODEL.fingerprint()).write(spark, table, 8);
      return table;
    }

    private LabelImages night(MadeUpObjects objects, String table) throws Exception {
      return LabelImages.using(spark)
          .model(MODEL)
          .images(ImageSource.objects(listed(objects)))
          .output(table)
          .ifExists(IfExists.APPEND)
          .runDate(LocalDate.of(2026, 1, 2));
    }

    private SparkWork.Work compare(long n) {
      MadeUpObjects objects = MadeUpObjects.of(n, 1000);
      String table = held(objects, n, 0);
      return () -> night(objects, table).estimate();
    }

    private SparkWork.Work placeholder(long n) {
      MadeUpObjects objects = new MadeUpObjects(n, 1000, n / 2);
      String table = held(objects, n - n / 10, 0);
      return () -> night(objects, table).execute();
    }

    private SparkWork.Work again(long n) {
      MadeUpObjects objects = MadeUpObjects.of(n, 1000);
      String table = held(objects, n, 1000);
      return () -> night(objects, table).commitEvery(Math.max(1, n / 5000)).execute();
    }

    /** A copy of the bucket doubles every row. */
    private Dataset<Row> twice(long n) {
      String table = held(MadeUpObjects.of(n / 2, 1000), n / 2, 0);
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

    private SparkWork.Work newest(long n) {
      Dataset<Row> table = twice(n);
      return () ->
          NewestRows.of(table)
              .select("path", "prelogits")
              .write()
              .format("noop")
              .mode(SaveMode.Overwrite)
              .save();
    }

    private SparkWork.Work join(long n) {
      Dataset<Row> table = twice(n);
      Dataset<Row> queries = table.limit(10);
      return () ->
          NearestNeighbours.in(table).model(MODEL.fingerprint()).join(queries, 5).collectAsList();
    }

    private SparkWork.Work duplicates(long n) {
      MadeUpObjects objects = new MadeUpObjects(n, 1000, Math.min(n, 500));
      String table = held(objects, n, 0);
      return () -> NearDuplicates.in(spark.read().parquet(table), MODEL.fingerprint()).groups(1);
    }
  }
}
