package org.inceptionspark.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * What {@code jobs/benchmark.sh} starts: the forward pass, with {@code --job} the whole job, with
 * {@code --kernel} single kernels, with {@code --decode} the JPEG decoder, with {@code --commits}
 * the kinds of tables, with {@code --peers} other libraries beside it.
 */
public final class Benchmark {
  private Benchmark() {}

  public static void main(String[] arguments) {
    List<String> options = new ArrayList<>(List.of(arguments));
    Callable<Integer> benchmark = chosen(options);
    int code =
        new CommandLine(benchmark)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOverwrittenOptionsAllowed(true)
            .execute(options.toArray(String[]::new));
    if (code != 0) {
      System.exit(code);
    }
  }

  private static Callable<Integer> chosen(List<String> options) {
    if (options.remove("--job")) {
      boolean late = options.stream().anyMatch(option -> option.startsWith("--latency"));
      return late ? new LatencyBenchmark() : new JobBenchmark();
    }
    if (options.remove("--peers")) {
      return new PeersBenchmark();
    }
    if (options.remove("--commits")) {
      return new CommitBenchmark();
    }
    if (options.remove("--decode")) {
      return new DecodeBenchmark();
    }
    return options.remove("--kernel") ? new KernelBenchmark() : new ForwardPassBenchmark();
  }

  /** The processor's name as Linux gives it; elsewhere the architecture. */
  static String processor() throws IOException {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
