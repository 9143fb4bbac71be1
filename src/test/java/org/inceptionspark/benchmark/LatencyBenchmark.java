package org.inceptionspark.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.packed.PackedFile;
import org.inceptionspark.s3.EmbeddedS3;
import org.inceptionspark.s3.FaultyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The whole job against an S3 store that answers at once, and against the same store when each of
 * its answers is late, with an object a photograph and with shards of them (tar): what reading
 * ahead and reading in ranges hide of the latency, beside the forward pass alone. The store is in
 * this process and takes its part of the cores each time; the table is on the local disk.
 */
@Command(
    name = "benchmark.sh --job --latency",
    mixinStandardHelpOptions = true,
    description =
        "Times the labelling job on photographs in an S3 store on this machine that answers at once,"
            + " in turn with the same store answering late, as objects and in tar files, and with the"
            + " forward pass alone.")
final class LatencyBenchmark implements Callable<Integer> {
  @Mixin private JobOptions options;

  @Option(names = "--latency", required = true, description = "Of each answer, milliseconds.")
  private int latency;

  @Option(
      names = "--shard",
      defaultValue = "100",
      description = "Photographs in a tar file (${DEFAULT-VALUE}).")
  private int shard;

  private final PrintStream out = System.out;
  private EmbeddedS3 s3;

  /** One way of reading: its rates, and its requests for an image. */
  private final class Way {
    private final OwnJob job;
    private final Duration delay;
    private final List<Double> rates = new ArrayList<>();
    private double requests;

    Way(OwnJob job, Duration delay) {
      this.job = job;
      this.delay = delay;
    }

    void run(Path output) throws IOException {
      FaultyStore store = s3.store();
      store.delay(delay);
      store.requests().clear();
      rates.add(options.count() / job.run(output));
      store.delay(Duration.ZERO);
      long reads = store.requests().stream().filter(it -> it.startsWith("GET ")).count();
      requests = (double) reads / options.count();
    }

    double rate() {
      return Medians.of(rates);
    }
  }

  @Override
  public Integer call() throws Exception {
    Path directory = Files.createTempDirectory("inception-spark-benchmark");
    try (SparkSession spark = options.session(directory);
        EmbeddedS3 store =
            EmbeddedS3.start(Files.createDirectory(directory.resolve("store")), "id", "secret")) {
      s3 = store;
      put(options.photographs(directory.resolve("photographs")));
      s3.s3aOptions().forEach(spark.sparkContext().hadoopConfiguration()::set);
      OwnJob objects = new OwnJob(spark, options.model(), "s3a://objects/");
      OwnJob shards = new OwnJob(spark, options.model(), "s3a://shards/");
      measure(objects, shards, new ForwardPassRate(options.model(), options.cores()), directory);
      return 0;
    } finally {
      JobOptions.delete(directory);
    }
  }

  private void put(Path photographs) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(photographs)) {
      files = all.sorted().toList();
    }
    try (S3Client client = s3.client()) {
      client.createBucket(bucket -> bucket.bucket("objects"));
      client.createBucket(bucket -> bucket.bucket("shards"));
      Map<String, byte[]> members = new TreeMap<>();
      for (Path file : files) {
        String name = file.getFileName().toString();
        client.putObject(object -> object.bucket("objects").key(name), file);
        members.put(name, Files.readAllBytes(file));
        if (members.size() == shard || file.equals(files.get(files.size() - 1))) {
          byte[] tar = PackedFile.tar(members);
          client.putObject(
              object -> object.bucket("shards").key(name + ".tar"), RequestBody.fromBytes(tar));
          members.clear();
        }
      }
    }
  }

  private void measure(OwnJob objects, OwnJob shards, ForwardPassRate forward, Path directory)
      throws Exception {
    Duration late = Duration.ofMillis(latency);
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("objects, answers at once", new Way(objects, Duration.ZERO));
    ways.put("objects, after " + latency + " ms", new Way(objects, late));
    ways.put("tar files, at once", new Way(shards, Duration.ZERO));
    ways.put("tar files, after " + latency + " ms", new Way(shards, late));
    objects.run(directory.resolve("warm-up"));
    shards.run(directory.resolve("warm-up-of-shards"));
    forward.measure();
    List<Double> alone = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      alone.add(forward.measure());
      for (Way way : ways.values()) {
        way.run(Files.createTempDirectory(directory, "labels").resolve("table"));
      }
    }
    print(ways, Medians.of(alone));
  }

  private void print(Map<String, Way> ways, double alone) throws IOException {
    out.printf("%s, JDK %s%n", Benchmark.processor(), Runtime.version());
    out.printf(
        "local[%d], %,d photographs a run in an S3 store of this process, %d a tar file; medians of"
            + " %d runs in turn%n",
        options.cores(), options.count(), shard, options.rounds());
    out.printf("%-34s %10s %16s %18s%n", "", "images/s", "of the forward", "reads an image");
    out.printf(Locale.ROOT, "%-34s %10.1f%n", "forward pass alone", alone);
    ways.forEach(
        (name, way) ->
            out.printf(
                Locale.ROOT,
                "%-34s %10.1f %14.0f %% %18.3f%n",
                name,
                way.rate(),
                100 * way.rate() / alone,
                way.requests));
    out.printf(
        "one request after the other, the latency alone would allow %.1f images/s%n",
        options.cores() * 1000.0 / latency);
    List<Way> all = List.copyOf(ways.values());
    out.printf(
        Locale.ROOT,
        "{\"processor\":\"%s\",\"jdk\":\"%s\",\"cores\":%d,\"images\":%d,\"latency_ms\":%d,"
            + "\"forward_images_per_second\":%.2f,\"images_per_second\":%.2f,"
            + "\"late_images_per_second\":%.2f,\"tar_images_per_second\":%.2f,"
            + "\"late_tar_images_per_second\":%.2f,\"reads_an_image\":%.3f,"
            + "\"tar_reads_an_image\":%.3f}%n",
        Benchmark.processor(),
        Runtime.version(),
        options.cores(),
        options.count(),
        latency,
        alone,
        all.get(0).rate(),
        all.get(1).rate(),
        all.get(2).rate(),
        all.get(3).rate(),
        all.get(1).requests,
        all.get(3).requests);
  }
}
