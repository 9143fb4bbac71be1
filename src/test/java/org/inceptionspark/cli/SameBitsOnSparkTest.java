package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.table.TableComparison;
import org.inceptionspark.job.task.CrashGuard;
import org.inceptionspark.job.task.CrashGuardMode;
import org.inceptionspark.job.task.InFlightMarkers;
import org.inceptionspark.job.task.Labelling;
import org.inceptionspark.job.task.ObjectReader;
import org.inceptionspark.job.task.PreparedModel;
import org.inceptionspark.job.task.ReadAhead;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Photographs have the same row, bit for bit, however Spark divides the work, on whatever master,
 * by whatever kernels. A JVM has one master and one vector width, so other processes do some of the
 * work, all at the same time.
 */
@Tag("slow")
class SameBitsOnSparkTest {
  private static final String PHOTOS = "src/quickstart/photos";
  private static final int IMAGES = 13;
  private static final String BITS = "inceptionspark.vector.bits";
  private static final Set<String> IGNORED = Set.of("run_date");

  @TempDir static Path directory;

  private static LabelProcess oneCore;
  private static LabelProcess fourCores;
  private static LabelProcess twoWorkers;
  private static Dataset<Row> expected;

  @BeforeAll
  static void label() throws IOException {
    twoWorkers =
        start(
            "two workers",
            Map.of(
                "spark.master", "local-cluster[2,1,1024]",
                "spark.scheduler.minRegisteredResourcesRatio", "1",
                "spark.executor.extraJavaOptions", "-D" + BITS + "=256"));
    oneCore = start("one core", Map.of("spark.master", "local[1]"), "--kernels", "scalar");
    fourCores =
        start("four cores", Map.of("spark.master", "local[4]", BITS, "128"), "--batch", "3");
    String output = directory.resolve("expected").toString();
    String weights = TinyModel.checkpoint().toString();
    CommandLineRun run =
        CommandLineRun.of("label", "--input", PHOTOS, "--output", output, "--weights", weights);
    assertThat(run.code()).as(run.err()).isZero();
    expected = table(output).cache();
    assertThat(expected.where("logits is not null").count()).isEqualTo(IMAGES - 1);
    assertThat(expected.select("prelogits").distinct().count()).isEqualTo(IMAGES);
  }

  @AfterAll
  static void end() {
    List.of(oneCore, fourCores, twoWorkers).forEach(LabelProcess::end);
  }

  /** Other neighbours, other places, other tasks: rows shuffled and distributed again. */
  @ParameterizedTest(name = "{0} partitions, batches of {1}")
  @CsvSource({"1, 16", "3, 5", "13, 1"})
  void partitionsAndBatches(int partitions, int batch) throws IOException {
    String output = directory.resolve(partitions + "-" + batch).toString();
    Dataset<Row> shuffled =
        LocalSpark.session()
            .read()
            .format("binaryFile")
            .load(PHOTOS)
            .repartition(partitions, functions.rand(partitions))
            .sortWithinPartitions(functions.rand(batch));
    label(shuffled, batch, output);
    assertSame(output);
  }

  /** As tasks do, on rows as they are partitioned here: a whole run would repartition them. */
  private static void label(Dataset<Row> files, int batch, String output) {
    JavaSparkContext context = new JavaSparkContext(LocalSpark.session().sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    CrashGuard.Policy precautions =
        new CrashGuard.Policy(new InFlightMarkers(output, hadoop), CrashGuardMode.OF_RETRIES);
    String none = "cast(null as string)";
    Dataset<Row> images =
        files.selectExpr("path", "length", "modificationTime", none, none, none, "content");
    try (PreparedModel model = new PreparedModel(context, TinyModel.spec())) {
      model.start();
      try (Labelling labelling =
          new Labelling(
              context,
              model,
              new ObjectReader(hadoop),
              new Labelling.TaskSettings(batch, ReadAhead.Limits.DEFAULT, precautions),
              progress -> {})) {
        labelling.label(images).write().parquet(output);
      }
    }
  }

  @Test
  void oneCoreByScalarKernels() throws IOException, InterruptedException {
    assertSame(oneCore.labels());
  }

  @Test
  void fourCoresByVectorsOf128Bits() throws IOException, InterruptedException {
    assertSame(fourCores.labels());
  }

  /** The driver checks itself with the widest vectors, the workers with narrower ones. */
  @Test
  void twoWorkersByVectorsOf256Bits() throws IOException, InterruptedException {
    assertSame(twoWorkers.labels());
    assertThat(twoWorkers.executors()).as("executors that ran tasks").hasSizeGreaterThan(1);
  }

  private static LabelProcess start(String name, Map<String, String> settings, String... options)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--input", PHOTOS));
    all.addAll(List.of("--weights", TinyModel.checkpoint().toString()));
    all.addAll(List.of(options));
    return LabelProcess.start(directory.resolve(name), settings, all);
  }

  private static void assertSame(String output) {
    TableComparison.Result result = TableComparison.compare(expected, table(output), IGNORED);
    assertThat(result.examples()).isEmpty();
    assertThat(result.rows()).isEqualTo(IMAGES);
  }

  private static Dataset<Row> table(String output) {
    return LocalSpark.session().read().parquet(output);
  }
}
