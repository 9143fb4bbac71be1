package org.inceptionspark.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.kernels.Kernels;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Single kernels under JMH, with the sizes of real layers, beside the machine's peak of fused
 * multiply-adds. Answers are compared with the scalar kernels' before anything is timed.
 */
@Command(
    name = "benchmark.sh --kernel",
    mixinStandardHelpOptions = true,
    description = {
      "Times single kernels with JMH, with the sizes of real layers and on data in the caches,"
          + " beside the peak of fused multiply-adds.",
      "GFLOP/s of products, GB/s read and written of all others."
    })
final class KernelBenchmark implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Parts of names, such as multiply, transform, maximum (all).")
  private List<String> names = new ArrayList<>();

  @Option(names = "--forks", defaultValue = "1", description = "JVMs a call (${DEFAULT-VALUE}).")
  private int forks;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Of 0.2 s, timed in each JVM after 2 s that are not (${DEFAULT-VALUE}).")
  private int rounds;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    List<LayerCall> calls = LayerCalls.all().stream().filter(this::isAskedFor).toList();
    Kernels kernels = KernelSelector.select(KernelChoice.AUTO);
    try {
      calls.forEach(call -> call.checked(kernels));
      out.printf(
          "%s, JDK %s, %s%n", Benchmark.processor(), Runtime.version(), kernels.description());
      out.printf("%11s %11s %16s %6s%n", "ns: median", "min", "rate", "peak");
      double peak = time(LayerCalls.PEAK, Double.NaN);
      for (LayerCall call : calls) {
        time(call, peak);
      }
      return 0;
    } catch (IllegalStateException | RunnerException e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  private boolean isAskedFor(LayerCall call) {
    return call != LayerCalls.PEAK
        && (names.isEmpty() || names.stream().anyMatch(call.name()::contains));
  }

  /** Prints a row; gives the rate. */
  private double time(LayerCall call, double peak) throws RunnerException {
    Statistics nanoseconds = run(call).getPrimaryResult().getStatistics();
    double median = nanoseconds.getPercentile(50);
    double rate = call.work() / median;
    boolean isProduct = call.unit().equals(LayerCall.FLOPS) && !Double.isNaN(peak);
    out.printf(
        "%,11.0f %,11.0f %8.1f %-7s %6s  %s (%s)%n",
        median,
        nanoseconds.getMin(),
        rate,
        call.unit(),
        isProduct ? "%.0f %%".formatted(100 * rate / peak) : "",
        call.name(),
        call.layer());
    return rate;
  }

  private RunResult run(LayerCall call) throws RunnerException {
    TimeValue length = TimeValue.milliseconds(200);
    return new Runner(
            new OptionsBuilder()
                .include(SingleKernel.class.getName() + ".run")
                .param("call", call.name())
                .forks(forks)
                .warmupIterations(10)
                .warmupTime(length)
                .measurementIterations(rounds)
                .measurementTime(length)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build())
        .runSingle();
  }
}
