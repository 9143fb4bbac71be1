package org.inceptionspark.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The forward pass of this engine beside ONNX Runtime's: one thread each, the same weights and
 * images, in turn in one process. The answers are compared before anything is timed.
 */
@Command(
    name = "benchmark.sh",
    mixinStandardHelpOptions = true,
    description = "Times the forward pass beside ONNX Runtime's, one thread each, in turn.",
    footer = {
      "With --job it times the whole job instead, with --kernel single kernels:",
      "see benchmark.sh --job --help and benchmark.sh --kernel --help."
    })
final class ForwardPassBenchmark implements Callable<Integer> {
  private static final double SAME_ANSWER = 2e-5;

  @Mixin private RoundOptions runs;

  @Option(names = "--kernels", defaultValue = "AUTO", description = "auto, vector or scalar.")
  private KernelChoice kernels;

  @Option(names = "--layers", description = "Print a table of all steps instead.")
  private boolean layers;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws Exception {
    int size = InceptionV3.DEFAULT_IMAGE_SIZE;
    Graph graph =
        InceptionV3.network(
            size, size, InceptionV3Options.builder(1001).withoutAuxLogits().build());
    Map<String, Tensor> variables = Formula.variables(graph.variables());
    float[] images = Formula.smoothInput("full-299", runs.batch(), size, size);
    try (OwnEngine own = new OwnEngine(graph, variables, images, kernels)) {
      if (layers) {
        return printLayers(graph, own);
      }
      try (Engine other = new OnnxRuntimeEngine(graph, variables, images)) {
        return compare(
            own,
            other,
            () ->
                PlanFloor.measure(graph, variables, KernelSelector.select(kernels), runs.batch()));
      }
    }
  }

  private int printLayers(Graph graph, OwnEngine own) {
    LayerTable table = new LayerTable(graph, runs.batch());
    for (int i = 0; i < runs.warmUp(); i++) {
      own.run();
    }
    for (int i = 0; i < runs.rounds(); i++) {
      table.measure(own);
    }
    out.printf("%s, JDK %s, batch %d%n", own.kernels(), Runtime.version(), runs.batch());
    table.print(out);
    return 0;
  }

  private int compare(OwnEngine own, Engine other, Supplier<PlanFloor> floor) throws IOException {
    for (int i = 0; i < runs.warmUp(); i++) {
      own.run();
      other.run();
    }
    double difference = difference(own.prelogits(), other.prelogits());
    if (!(difference < SAME_ANSWER)) {
      out.printf("the engines disagree: PreLogits differ by %.2e%n", difference);
      return 2;
    }
    Times ownTimes = new Times();
    Times otherTimes = new Times();
    for (int i = 0; i < runs.rounds(); i++) {
      ownTimes.measure(own, runs.batch());
      otherTimes.measure(other, runs.batch());
    }
    print(own, other, ownTimes, otherTimes, difference, floor.get());
    return 0;
  }

  private void print(
      OwnEngine own,
      Engine other,
      Times ownTimes,
      Times otherTimes,
      double difference,
      PlanFloor floor)
      throws IOException {
    double ratio = ownTimes.median() / otherTimes.median();
    out.printf("%s, JDK %s, %s%n", Benchmark.processor(), Runtime.version(), own.kernels());
    out.printf(
        "ms an image, one thread, batch %d, %d rounds in turn%n", runs.batch(), runs.rounds());
    out.printf("%-24s %8s %8s%n", "", "median", "min");
    for (Engine engine : new Engine[] {own, other}) {
      Times times = engine == own ? ownTimes : otherTimes;
      out.printf("%-24s %8.1f %8.1f%n", engine.name(), times.median(), times.minimum());
    }
    out.printf("%-24s %8.2f %8.2f%n", "ratio", ratio, ownTimes.minimum() / otherTimes.minimum());
    out.printf(
        "floor: %,d million multiply-adds an image at the peak of %.1f GFLOP/s take %.1f ms, %.0f %%"
            + " of the median%n",
        floor.multiplyAdds() / 1_000_000,
        floor.peak(),
        floor.milliseconds(),
        100 * floor.milliseconds() / ownTimes.median());
    out.printf(
        "memory: %.0f MB of packed weights, shared; %.0f MB a stream%n",
        own.networkBytes() / 1e6, own.streamBytes() / 1e6);
    out.printf("PreLogits of the two differ by %.1e (relative L2)%n", difference);
    out.printf(
        Locale.ROOT,
        "{\"processor\":\"%s\",\"jdk\":\"%s\",\"kernels\":\"%s\",\"batch\":%d,\"median_ms\":%.2f,"
            + "\"min_ms\":%.2f,\"other\":\"%s\",\"other_median_ms\":%.2f,\"other_min_ms\":%.2f,"
            + "\"ratio\":%.3f,\"floor_ms\":%.2f,\"peak_gflops\":%.1f,\"difference\":%.2e,\"network_bytes\":%d,\"stream_bytes\":%d}%n",
        Benchmark.processor(),
        Runtime.version(),
        own.kernels(),
        runs.batch(),
        ownTimes.median(),
        ownTimes.minimum(),
        other.name(),
        otherTimes.median(),
        otherTimes.minimum(),
        ratio,
        floor.milliseconds(),
        floor.peak(),
        difference,
        own.networkBytes(),
        own.streamBytes());
  }

  private static double difference(float[] a, float[] b) {
    double squares = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      squares += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      norm += (double) b[i] * b[i];
    }
    return Math.sqrt(squares / norm);
  }
}
