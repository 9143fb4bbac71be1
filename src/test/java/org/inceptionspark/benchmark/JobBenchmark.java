package org.inceptionspark.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.ImageSource;
import org.inceptionspark.job.JobDefaults;
import org.inceptionspark.job.LabelImages;
import org.inceptionspark.job.LabelImagesResult;
import org.inceptionspark.job.ListObjects;
import org.inceptionspark.job.Outcome;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labeler.OnnxModel;
import org.inceptionspark.weights.ModelWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The whole job, from listing to committed table, beside what the forward pass alone would allow on
 * as many threads, and beside the job that one would write today with Spark's {@code binaryFile}
 * source and ONNX Runtime: the same photographs and weights, in turn in one process, after all
 * three have run for a while. The answers are compared before anything is timed.
 */
@Command(
    name = "benchmark.sh --job",
    mixinStandardHelpOptions = true,
    description =
        "Times the labelling job on local cores beside its forward pass alone, and beside a plain"
            + " binaryFile job with ONNX Runtime.")
final class JobBenchmark implements Callable<Integer> {
  private static final String JPEG = "*.{jpg,jpeg,JPG,JPEG}";

  /** Between the two jobs: their pixels differ, by other crops' rounding and another resize. */
  private static final double SAME_PICTURE = 0.8;

  @Option(names = "--images", required = true, description = "Directory of JPEG photographs.")
  private Path images;

  @Option(names = "--weights", required = true, description = "Weight file.")
  private Path weights;

  @Option(
      names = "--count",
      defaultValue = "1200",
      description = "Images a run; photographs are taken again until they are so many (1200).")
  private int count;

  @Option(names = "--rounds", defaultValue = "3", description = "Timed runs (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--cores", defaultValue = "2", description = "Of Spark (${DEFAULT-VALUE}).")
  private int cores;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("inception-spark-benchmark");
    try (SparkSession spark = session(directory)) {
      Path photographs = photographs(directory.resolve("photographs"));
      LabelerSpec spec =
          LabelerSpec.builder(ModelWeights.load(weights)).preprocessing("slim").build();
      Path model = Files.write(directory.resolve("model.onnx"), OnnxModel.of(spec.weights()));
      return measure(
          new OwnJob(spark, spec, photographs),
          new OnnxRuntimeJob(spark, model, photographs),
          new ForwardPassRate(spec, cores),
          directory);
    } finally {
      delete(directory);
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
    for (int round = 1; round <= rounds; round++) {
      alone.add(forward.measure());
      ownRates.add(count / own.run(directory.resolve("own-" + round)));
      otherRates.add(count / other.run(directory.resolve("other-" + round)));
    }
    alone.add(forward.measure());
    print(Medians.of(alone), Medians.of(ownRates), Medians.of(otherRates), cosine);
    return 0;
  }

  private void print(double alone, double own, double other, double cosine) throws IOException {
    out.printf("%s, JDK %s%n", Benchmark.processor(), Runtime.version());
    out.printf(
        "local[%d], %,d photographs a run, from listing to committed table; medians of %d runs%n",
        cores, count, rounds);
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
        cores,
        count,
        alone,
        own,
        own / alone,
        other,
        own / other,
        cosine);
  }

  private SparkSession session(Path directory) {
    SparkConf conf =
        JobDefaults.applyTo(new SparkConf())
            .setMaster("local[" + cores + "]")
            .setAppName("benchmark")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.warehouse.dir", directory.resolve("warehouse").toUri().toString());
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /** As many files as are asked for, a name each. */
  private Path photographs(Path target) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var files = Files.newDirectoryStream(images, JPEG)) {
      files.forEach(found::add);
    }
    if (found.isEmpty()) {
      throw new IOException("no photographs in " + images + ": no name fits " + JPEG);
    }
    found.sort(Comparator.naturalOrder());
    Files.createDirectories(target);
    for (int i = 0; i < count; i++) {
      String name = String.format(Locale.ROOT, "%06d.jpg", i);
      Files.copy(found.get(i % found.size()), target.resolve(name));
    }
    return target;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** This project's job. */
  private record OwnJob(SparkSession spark, LabelerSpec spec, Path photographs) {
    /** Seconds for all images. */
    double run(Path output) throws IOException {
      long start = System.nanoTime();
      LabelImagesResult result =
          LabelImages.using(spark)
              .model(spec)
              .images(
                  ImageSource.objects(
                      ListObjects.using(spark).inputs(List.of(photographs.toString())).execute()))
              .output(output.toString())
              .execute();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (result.counts().get(Outcome.LABELLED) != result.images()) {
        throw new IllegalStateException("not all photographs have labels: " + result.counts());
      }
      return seconds;
    }
  }
}
