package org.inceptionspark.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How what a phase takes grows with the number of objects.
 *
 * @param measured at three sizes, the smallest first
 * @param answerBytes of an object, if the answer itself is about all of them
 */
record Growth(List<Measured> measured, long answerBytes) {
  static final double MOST_EXPONENT = 1.1;

  /** Beside what is counted, tasks send their metrics: some kilobytes each. */
  private static final long BYTES_OF_A_TASK = 20_000;

  private static final long BYTES_OF_METRICS = 500_000;

  /** Two collections of the same work differ by less. */
  private static final long HEAP_NOISE = 6 << 20;

  /**
   * What a phase took.
   *
   * @param cpuSeconds of the threads of tasks and the one that asked: other work on the machine
   *     does not count, nor do the JVM's compilers and collections
   * @param requests to the storage that was listed
   * @param heapBytes the most that the driver held
   * @param executorHeaps the same of executors that are not in the driver, by their name
   */
  record Measured(
      long size,
      double seconds,
      double cpuSeconds,
      SparkWork.Counts work,
      long requests,
      long heapBytes,
      Map<String, Long> executorHeaps) {}

  Measured first() {
    return measured.get(0);
  }

  Measured last() {
    return measured.get(measured.size() - 1);
  }

  /** What is wrong; empty if nothing is. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    if (exponent() > MOST_EXPONENT) {
      faults.add("GROWS FASTER THAN N");
    }
    if (last().work().resultBytes() - first().work().resultBytes() > allowedResults()) {
      faults.add("SENDS ALL TO THE DRIVER");
    }
    if (heapGrowth() > HEAP_NOISE + answerBytes * more()) {
      faults.add("HOLDS ALL ON THE DRIVER");
    }
    return faults;
  }

  private long allowedResults() {
    long tasks = Math.max(0, last().work().tasks() - first().work().tasks());
    return BYTES_OF_METRICS + BYTES_OF_A_TASK * tasks + answerBytes * more();
  }

  private long more() {
    return last().size() - first().size();
  }

  /** The slope of the straight line through the logarithms of size and processor time. */
  double exponent() {
    return slope(one -> Math.log(one.size()), one -> Math.log(one.cpuSeconds()));
  }

  /** Processor time of one object more, without what any number of them takes. */
  double cpuSecondsOfAnObject() {
    return Math.max(0, slope(Measured::size, Measured::cpuSeconds));
  }

  /** What the driver's heap grows by from the smallest size to the largest, on a straight line. */
  double heapGrowth() {
    return slope(Measured::size, Measured::heapBytes) * more();
  }

  private double slope(ToDoubleFunction<Measured> x, ToDoubleFunction<Measured> y) {
    double meanX = measured.stream().mapToDouble(x).average().orElseThrow();
    double meanY = measured.stream().mapToDouble(y).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (Measured one : measured) {
      double distance = x.applyAsDouble(one) - meanX;
      products += distance * (y.applyAsDouble(one) - meanY);
      squares += distance * distance;
    }
    return products / squares;
  }
}
