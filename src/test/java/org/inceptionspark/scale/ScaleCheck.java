package org.inceptionspark.scale;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.JobDefaults;

/**
 * What {@code jobs/scale-check.sh} starts: each phase of a night and of the day after at three
 * sizes, on made-up listings and tables. Fails if the processor's time grows faster than N to the
 * power of {@value #MOST_EXPONENT}, or what comes to the driver grows with N at all.
 */
public final class ScaleCheck {
  static final double MOST_EXPONENT = 1.1;

  /** Beside what is counted, tasks send their metrics: some kilobytes each. */
  private static final long BYTES_OF_A_TASK = 20_000;

  private static final long TARGET = 100_000_000;

  private ScaleCheck() {}

  public static void main(String[] arguments) throws Exception {
    long smallest = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000;
    SparkConf conf =
        JobDefaults.applyTo(new SparkConf())
            .setMaster("local[2]")
            .setAppName("scale-check")
            .set("spark.ui.enabled", "false")
            .set("spark.log.level", "ERROR");
    SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
    MadeUpFileSystem.register(spark.sparkContext().hadoopConfiguration());
    Path directory = Files.createTempDirectory("inception-spark-scale");
    boolean passed = true;
    System.out.printf(
        Locale.ROOT,
        "%-34s %9s %8s %8s %6s %8s %9s %9s %8s%n",
        "phase",
        "N",
        "seconds",
        "cpu s",
        "jobs",
        "requests",
        "rows read",
        "to driver",
        "heap MB");
    for (ScalePhase phase : ScalePhase.all(spark, directory)) {
      passed &= check(phase, List.of(smallest, 2 * smallest, 4 * smallest));
    }
    spark.stop();
    System.out.println(passed ? "scale-check passed" : "scale-check FAILED");
    System.exit(passed ? 0 : 1);
  }

  private static boolean check(ScalePhase phase, List<Long> sizes) throws Exception {
    phase.run(Math.min(2_000, sizes.get(0))); // loads classes
    List<Measured> measured = new ArrayList<>();
    for (long size : sizes) {
      Measured one = phase.run(size);
      measured.add(one);
      System.out.printf(
          Locale.ROOT,
          "%-34s %9d %8.1f %8.1f %6d %8d %9d %9d %8d%n",
          phase.name(),
          size,
          one.seconds(),
          one.cpuSeconds(),
          one.work().jobs(),
          one.requests(),
          one.work().rowsRead(),
          one.work().resultBytes(),
          one.heapBytes() >> 20);
    }
    double exponent = exponent(measured);
    Measured first = measured.get(0);
    Measured last = measured.get(measured.size() - 1);
    long allowed =
        500_000
            + BYTES_OF_A_TASK * Math.max(0, last.work().tasks() - first.work().tasks())
            + phase.answerBytes() * (last.size() - first.size());
    boolean light = last.work().resultBytes() - first.work().resultBytes() <= allowed;
    double perMillion = last.cpuSeconds() / last.size() * 1e6;
    System.out.printf(
        Locale.ROOT,
        "%-34s N^%.2f, %.1f core-seconds a million, %.1f core-hours for %d million%s%s%n",
        phase.name(),
        exponent,
        perMillion,
        last.cpuSeconds() / 3600 * Math.pow((double) TARGET / last.size(), Math.max(1, exponent)),
        TARGET / 1_000_000,
        exponent > MOST_EXPONENT ? "  GROWS FASTER THAN N" : "",
        light ? "" : "  GROWS ON THE DRIVER");
    return exponent <= MOST_EXPONENT && light;
  }

  /**
   * What a phase took.
   *
   * @param cpuSeconds of the whole process: other work on the machine does not count
   * @param requests to the storage that was listed
   * @param heapBytes the most that was in use after a collection
   */
  record Measured(
      long size,
      double seconds,
      double cpuSeconds,
      SparkWork.Counts work,
      long requests,
      long heapBytes) {}

  /** The slope of the straight line through the logarithms of size and processor time. */
  static double exponent(List<Measured> measured) {
    double[] x = measured.stream().mapToDouble(one -> Math.log(one.size())).toArray();
    double[] y = measured.stream().mapToDouble(one -> Math.log(one.cpuSeconds())).toArray();
    double meanX = java.util.Arrays.stream(x).average().orElseThrow();
    double meanY = java.util.Arrays.stream(y).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      products += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    return products / squares;
  }
}
