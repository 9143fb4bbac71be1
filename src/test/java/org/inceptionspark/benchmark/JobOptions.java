package org.inceptionspark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.JobDefaults;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.weights.ModelWeights;
import picocli.CommandLine.Option;

/** What the benchmarks of the whole job run on. */
final class JobOptions {
  private static final String JPEG = "*.{jpg,jpeg,JPG,JPEG}";

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

  int count() {
    return count;
  }

  int rounds() {
    return rounds;
  }

  int cores() {
    return cores;
  }

  LabelerSpec model() throws IOException {
    return LabelerSpec.builder(ModelWeights.load(weights)).preprocessing("slim").build();
  }

  SparkSession session(Path directory) {
    SparkConf conf =
        JobDefaults.applyTo(new SparkConf())
            .setMaster("local[" + cores + "]")
            .setAppName("benchmark")
            .set("spark.ui.enabled", "false")
            .set("spark.sql.warehouse.dir", directory.resolve("warehouse").toUri().toString());
    return SparkSession.builder().config(conf).getOrCreate();
  }

  /** As many files as are asked for, a name each. */
  Path photographs(Path target) throws IOException {
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

  static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
