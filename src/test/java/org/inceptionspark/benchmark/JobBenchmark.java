package org.inceptionspark.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labeler.OnnxModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The whole job, from listing to committed table, beside the forward pass alone on as many threads,
 * and beside the job that one would write today with Spark's {@code binaryFile} source and ONNX
 * Runtime. All have the same photographs and weights, and take turns in one process after a
 * warm-up. The answers are compared before anything is timed.
 */
@Command(
    name = "benchmark.sh --job",
    mixinStandardHelpOptions = true,
    description =
        "Times the labelling job on local cores beside its forward pass alone, and beside a plain"
            + " binaryFile job with ONNX Runtime.",
    footer = "With --latency MS instead: against an S3 store whose answers are late.")
final class JobBenchmark implements Callable<Integer> {
  /** Between the two jobs, whose pixels differ: they round crops and resize differently. */
  private static final double SAME_PICTURE = 0.8;

  @Mixin private JobOptions options;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("inception-spark-benchmark");
    try (SparkSession spark = options.session(directory)) {
      Path photographs = options.photographs(directory.resolve("photographs"));
      LabelerSpec spec = options.model();
      Path model = Files.write(directory.resolve("model.onnx"), OnnxModel.of(spec.weights()));
      return measure(
          new OwnJob(spark, spec, photographs.toString()),
          new OnnxRuntimeJob(spark, model, photographs),
          new ForwardPassRate(spec, options.cores()),
          directory);
    } finally {
      JobOptions.delete(directory);
    }
  }

  private int measure(OwnJob own, OnnxRuntimeJob other, ForwardPassRate forward, Path directory)
      throws Exception {
    own.run(directory.resolve("own-0"));
    other.run(directory.resolve("other-0"));
    forward.measure();
    double cosine =
        TableAgreement.leastCosine(
            own.spark(), directory.resolve("own-0"), directory.resolve("other-0"));
    if (!(cosine > SAME_PICTURE)) {
      out.printf("the jobs disagree: of one image, PreLogits have a cosine of %.3f%n", cosine);
      return 2;
    }
    List<Double> alone = new ArrayList<>();
    List<Double> ownRates = new ArrayList<>();
    List<Double> otherRates = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      alone.add(forward.measure());
      ownRates.add(options.count() / own.run(directory.resolve("own-" + round)));
      otherRates.add(options.count() / other.run(directory.resolve("other-" + round)));
    }
    alone.add(forward.measure());
    print(Medians.of(alone), Medians.of(ownRates), Medians.of(otherRates), cosine);
    return 0;
  }

  private void print(double alone, double own, double other, double cosine) throws IOException {
    out.printf("%s, JDK %s%n", Benchmark.processor(), Runtime.version());
    out.printf(
        "local[%d], %,d photographs a run, from listing to committed table; medians of %d runs%n",
        options.cores(), options.count(), options.rounds());
    out.printf("%-40s %10s%n", "", "images/s");
    out.printf("%-40s %10.1f%n", "forward pass alone, a stream a core", alone);
    out.printf(
        "%-40s %10.1f   %.0f %% of it%n", "inception-spark, the job", own, 100 * own / alone);
    out.printf(
        "%-40s %10.1f   %.2f times slower%n",
        "binaryFile and ONNX Runtime, a job", other, own / other);
    out.printf("PreLogits of the two jobs have a cosine of at least %.3f%n", cosine);
    out.printf(
        Locale.ROOT,
        "{\"processor\":\"%s\",\"jdk\":\"%s\",\"cores\":%d,\"images\":%d,\"forward_images_per_second\":%.2f,"
            + "\"job_images_per_second\":%.2f,\"job_share\":%.3f,\"other_job_images_per_second\":%.2f,"
            + "\"ratio\":%.3f,\"least_cosine\":%.4f}%n",
        Benchmark.processor(),
        Runtime.version(),
        options.cores(),
        options.count(),
        alone,
        own,
        own / alone,
        other,
        own / other,
        cosine);
  }
}
