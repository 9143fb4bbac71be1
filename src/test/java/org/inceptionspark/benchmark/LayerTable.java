package org.inceptionspark.benchmark;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inceptionspark.nn.Convolutions;
import org.inceptionspark.nn.Graph;

/** Where the time goes, step by step: the best of several runs of each. */
final class LayerTable {
  private final Map<String, Long> multiplications = new HashMap<>();
  private final Map<String, Double> best = new LinkedHashMap<>();
  private final int batch;

  LayerTable(Graph graph, int batch) {
    this.batch = batch;
    graph
        .convolutions()
        .forEach(node -> multiplications.put(node.scope(), Convolutions.multiplications(node)));
  }

  void measure(OwnEngine engine) {
    Map<String, Double> run = new LinkedHashMap<>();
    engine.run((step, nanoseconds) -> run.merge(step, nanoseconds / 1e6 / batch, Double::sum));
    run.forEach((step, time) -> best.merge(step, time, Math::min));
  }

  /**
   * GFLOP/s count the multiplications of direct convolution: an algorithm that needs fewer is
   * faster.
   */
  void print(PrintStream out) {
    double sum = best.values().stream().mapToDouble(Double::doubleValue).sum();
    out.printf("%8s %6s %8s  %s%n", "ms", "share", "GFLOP/s", "step (algorithm)");
    best.forEach(
        (step, time) ->
            out.printf(
                "%8.3f %5.1f%% %8.0f  %s%n",
                time,
                100 * time / sum,
                2 * multiplications(step) / time / 1e6,
                step.replace("InceptionV3/", "")));
    out.printf("%8.3f%n", sum);
  }

  private double multiplications(String step) {
    double sum = 0;
    for (String scope : step.replaceAll(" \\(.*", "").split(" \\+ ")) {
      sum += multiplications.getOrDefault(scope, 0L);
    }
    return sum;
  }
}
