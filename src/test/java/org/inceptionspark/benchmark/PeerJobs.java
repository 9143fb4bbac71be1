package org.inceptionspark.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whole jobs, each a process from its start to the written table.
 *
 * @param python with the libraries
 * @param model the weights as ONNX
 */
record PeerJobs(Path python, Path weights, Path model, int cores, Path directory) {
  private static final Map<String, String> OTHERS = new LinkedHashMap<>();

  static {
    OTHERS.put("script", "Python script: Pillow, ONNX Runtime");
    OTHERS.put("pyspark", "PySpark mapInPandas: the same");
    OTHERS.put("daft", "Daft: the same");
    OTHERS.put("ray", "Ray Data: the same");
  }

  /** Runs all of them over so many photographs, and prints a line for each. */
  void time(List<Path> photographs, int count, PrintStream out)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(directory.resolve("photographs-" + count));
    for (int i = 0; i < count; i++) {
      String name = String.format(Locale.ROOT, "%06d.jpg", i);
      Files.copy(photographs.get(i % photographs.size()), folder.resolve(name));
    }
    out.printf("%,d photographs, %d cores, from the start of the process%n", count, cores);
    out.printf("%-38s %8s %10s%n", "", "seconds", "images/s");
    print(out, "jobs/label.sh", count, run(own(folder, output(count, "own"))));
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      Path output = output(count, other.getKey());
      print(out, other.getValue(), count, run(peer(other.getKey(), folder, output)));
    }
  }

  private static void print(PrintStream out, String name, int count, double seconds) {
    String rate =
        Double.isNaN(seconds) ? "failed" : String.format(Locale.ROOT, "%.1f", count / seconds);
    out.printf("%-38s %8.1f %10s%n", name, seconds, rate);
  }

  private Path output(int count, String job) {
    return directory.resolve(job + "-" + count);
  }

  private ProcessBuilder own(Path folder, Path output) {
    return new ProcessBuilder(
        "jobs/label.sh",
        "--master",
        "local[" + cores + "]",
        "--",
        "--input",
        folder.toString(),
        "--output",
        output.toString(),
        "--weights",
        weights.toString(),
        "--preprocessing",
        "slim");
  }

  private ProcessBuilder peer(String library, Path folder, Path output) {
    return new ProcessBuilder(
        python.toString(),
        "jobs/lib/peers/jobs.py",
        library,
        model.toString(),
        folder.toString(),
        output.toString(),
        Integer.toString(cores));
  }

  /** Seconds; none if it failed, and then its last lines are on the error output. */
  private double run(ProcessBuilder job) throws IOException, InterruptedException {
    Path log = directory.resolve("job.log");
    long start = System.nanoTime();
    int code = job.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (code == 0) {
      return seconds;
    }
    List<String> lines = Files.readAllLines(log);
    lines.stream().skip(Math.max(0, lines.size() - 5)).forEach(System.err::println);
    return Double.NaN;
  }
}
