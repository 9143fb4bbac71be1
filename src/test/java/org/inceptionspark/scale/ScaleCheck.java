package org.inceptionspark.scale;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.JobDefaults;
import org.inceptionspark.scale.Growth.Measured;

/**
 * What {@code jobs/scale-check.sh} starts: each phase of a night and of the day after at some
 * sizes, on made-up listings and tables. {@link Growth} says when it fails. At the end it prints
 * the {@link SimulatedNight} that follows from what was measured.
 */
public final class ScaleCheck {
  private static final List<Long> SIZES = List.of(100_000L, 200_000L, 400_000L);
  private static final long TARGET = 100_000_000;

  private ScaleCheck() {}

  /**
   * @param arguments sizes, the smallest first; words that the names of wanted phases contain
   */
  public static void main(String[] arguments) throws Exception {
    Map<Boolean, List<String>> given =
        Arrays.stream(arguments).collect(Collectors.partitioningBy(word -> word.matches("[0-9]+")));
    List<Long> sizes =
        given.get(true).isEmpty() ? SIZES : given.get(true).stream().map(Long::valueOf).toList();
    List<String> wanted = given.get(false);
    SparkSession spark = SparkSession.builder().config(configuration()).getOrCreate();
    SyntheticFileSystem.register(spark.sparkContext().hadoopConfiguration());
    Path directory = Files.createTempDirectory("inception-spark-scale");
    print(
        "%-34s %9s %8s %8s %6s %6s %8s %9s %9s %7s",
        "phase",
        "N",
        "seconds",
        "cpu s",
        "jobs",
        "tasks",
        "requests",
        "rows read",
        "to driver",
        "heap MB");
    SimulatedNight night = new SimulatedNight(TARGET);
    boolean passed = true;
    for (ScalePhase phase : ScalePhase.all(spark, directory)) {
      if (!wanted.isEmpty() && wanted.stream().noneMatch(phase.name()::contains)) {
        continue;
      }
      Growth growth = measure(phase, sizes);
      passed &= report(phase, growth);
      night.add(phase.name(), growth);
    }
    spark.stop();
    night.lines().forEach(line -> print("%s", line));
    print(passed ? "scale-check passed" : "scale-check FAILED");
    System.exit(passed ? 0 : 1);
  }

  /**
   * What grows in Spark itself up to a bound has the smallest bound, and tasks are as few as cores
   * need: else the fixed costs hide what grows.
   */
  private static SparkConf configuration() {
    return JobDefaults.applyTo(new SparkConf())
        .setIfMissing("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .setAppName("scale-check")
        .set("spark.ui.enabled", "false")
        .set("spark.ui.retainedTasks", "100")
        .set("spark.ui.retainedStages", "10")
        .set("spark.ui.retainedJobs", "10")
        .set("spark.sql.ui.retainedExecutions", "2")
        .set("spark.sql.shuffle.partitions", "8")
        .set("spark.sql.autoBroadcastJoinThreshold", "-1")
        .set("spark.log.level", "ERROR");
  }

  private static Growth measure(ScalePhase phase, List<Long> sizes) throws Exception {
    phase.run(sizes.get(0)); // compiles code
    List<Measured> measured = new ArrayList<>();
    for (long size : sizes) {
      Measured one = phase.run(size);
      measured.add(one);
      print(
          "%-34s %9d %8.1f %8.1f %6d %6d %8d %9d %9d %7.1f%s",
          phase.name(),
          size,
          one.seconds(),
          one.cpuSeconds(),
          one.work().jobs(),
          one.work().tasks(),
          one.requests(),
          one.work().rowsRead(),
          one.work().resultBytes(),
          megabytes(one.heapBytes()),
          one.executorHeaps().entrySet().stream()
              .map(
                  heap ->
                      String.format(
                          Locale.ROOT,
                          "  executor %s %.1f",
                          heap.getKey(),
                          megabytes(heap.getValue())))
              .collect(Collectors.joining()));
    }
    return new Growth(measured, phase.answerBytes());
  }

  private static double megabytes(double bytes) {
    return bytes / (1 << 20);
  }

  private static boolean report(ScalePhase phase, Growth growth) {
    Measured last = growth.last();
    double more = (double) TARGET / last.size();
    print(
        "%-34s N^%.2f, %.1f core-seconds a million, %.1f core-hours for %d million;"
            + " heap %+.1f MB%s%n",
        phase.name(),
        growth.exponent(),
        last.cpuSeconds() / last.size() * 1e6,
        last.cpuSeconds() / 3600 * Math.pow(more, Math.max(1, growth.exponent())),
        TARGET / 1_000_000,
        megabytes(growth.heapGrowth()),
        growth.faults().isEmpty() ? "" : "  " + String.join(", ", growth.faults()));
    return growth.faults().isEmpty();
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }
}
