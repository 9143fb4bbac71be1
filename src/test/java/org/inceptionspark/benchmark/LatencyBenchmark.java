package org.inceptionspark.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.s3.FaultyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The whole job against an S3 store that answers at once, and against the same store when each of
 * its answers is late: what reading ahead hides of the latency. The store is in this process and
 * takes its part of the cores both times; the table is on the local disk.
 */
@Command(
    name = "benchmark.sh --job --latency",
    mixinStandardHelpOptions = true,
    description =
        "Times the labelling job on photographs in an S3 store on this machine that answers at once,"
            + " in turn with the same store answering late.")
final class LatencyBenchmark implements Callable<Integer> {
  private static final String BUCKET = "photographs";

  @Mixin private JobOptions options;

  @Option(names = "--latency", required = true, description = "Of each answer, milliseconds.")
  private int latency;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("inception-spark-benchmark");
    try (SparkSession spark = options.session(directory);
        EmbeddedS3 s3 =
            EmbeddedS3.start(Files.createDirectory(directory.resolve("store")), "id", "secret")) {
      put(s3, options.photographs(directory.resolve("photographs")));
      s3.s3aOptions().forEach(spark.sparkContext().hadoopConfiguration()::set);
      OwnJob job = new OwnJob(spark, options.model(), "s3a://" + BUCKET + "/");
      measure(job, s3.store(), directory);
      return 0;
    } finally {
      JobOptions.delete(directory);
    }
  }

  private static void put(EmbeddedS3 s3, Path photographs) throws IOException {
    try (S3Client client = s3.client();
        Stream<Path> files = Files.list(photographs)) {
      client.createBucket(bucket -> bucket.bucket(BUCKET));
      for (Path file : files.toList()) {
        client.putObject(object -> object.bucket(BUCKET).key(file.getFileName().toString()), file);
      }
    }
  }

  private void measure(OwnJob job, FaultyStore store, Path directory) throws IOException {
    job.run(directory.resolve("warm-up"));
    List<Double> atOnce = new ArrayList<>();
    List<Double> late = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      store.delay(Duration.ZERO);
      atOnce.add(options.count() / job.run(directory.resolve("at-once-" + round)));
      store.delay(Duration.ofMillis(latency));
      late.add(options.count() / job.run(directory.resolve("late-" + round)));
    }
    store.delay(Duration.ZERO);
    print(Medians.of(atOnce), Medians.of(late));
  }

  private void print(double atOnce, double late) throws IOException {
    out.printf("%s, JDK %s%n", Benchmark.processor(), Runtime.version());
    out.printf(
        "local[%d], %,d photographs a run in an S3 store of this process; medians of %d runs in turn%n",
        options.cores(), options.count(), options.rounds());
    out.printf("%-40s %10s%n", "", "images/s");
    out.printf("%-40s %10.1f%n", "answers at once", atOnce);
    out.printf(
        "%-40s %10.1f   %.0f %% of it%n",
        "answers after " + latency + " ms", late, 100 * late / atOnce);
    out.printf(
        "one request after the other, the latency alone would allow %.1f images/s%n",
        options.cores() * 1000.0 / latency);
    out.printf(
        Locale.ROOT,
        "{\"processor\":\"%s\",\"jdk\":\"%s\",\"cores\":%d,\"images\":%d,\"latency_ms\":%d,"
            + "\"images_per_second\":%.2f,\"late_images_per_second\":%.2f,\"share\":%.3f}%n",
        Benchmark.processor(),
        Runtime.version(),
        options.cores(),
        options.count(),
        latency,
        atOnce,
        late,
        late / atOnce);
  }
}
