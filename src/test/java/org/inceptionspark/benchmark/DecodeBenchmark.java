package org.inceptionspark.benchmark;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.preprocess.Preprocessing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Decoding JPEGs beside the JDK's reader and beside Pillow, which must be installed for the Python
 * that is given: CPU time of one thread, the least of many, the decoders taking turns.
 */
@Command(name = "benchmark.sh --decode", mixinStandardHelpOptions = true)
final class DecodeBenchmark implements Callable<Integer> {
  private static final int SIDE = 299;

  @Option(
      names = "--images",
      description = "A folder of JPEGs; else 0.3, 12 and 50 megapixels are made.")
  private Path images;

  @Option(names = "--photos", hidden = true, defaultValue = "src/quickstart/photos")
  private Path photographs;

  @Option(
      names = "--python",
      defaultValue = "python3",
      description = "With Pillow. ${DEFAULT-VALUE}")
  private String python;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "A decoder, file and turn. ${DEFAULT-VALUE}")
  private double seconds;

  @Option(names = "--rounds", defaultValue = "3", description = "Turns. ${DEFAULT-VALUE}")
  private int rounds;

  private interface Decoding {
    void run() throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    Process pillow =
        new ProcessBuilder(python, "jobs/lib/pillow_decode.py")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = pillow.inputReader();
        PrintWriter questions = new PrintWriter(pillow.outputWriter(), true)) {
      String version = answers.readLine();
      System.out.printf("%s, JDK %s, %s%n", Benchmark.processor(), Runtime.version(), version);
      Path folder = images == null ? made(questions, answers) : images;
      System.out.printf(
          "%-24s %9s %9s %9s %9s %7s%n", "ms", "this", "to input", "JDK", "Pillow", "ratio");
      for (Path file : files(folder, ".jpg")) {
        time(file, questions, answers);
      }
    } finally {
      pillow.destroy();
    }
    return 0;
  }

  private Path made(PrintWriter questions, BufferedReader answers) throws IOException {
    Path folder = Files.createTempDirectory("decode-benchmark");
    String sources =
        files(photographs, ".jpg").stream().map(Path::toString).collect(Collectors.joining("\t"));
    questions.println("make\t" + folder + "\t" + sources);
    answers.readLine();
    return folder;
  }

  private static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private void time(Path file, PrintWriter questions, BufferedReader answers) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    ImageDecoder decoder = new ImageDecoder(Orientation.IGNORE, 500_000_000);
    Preprocessing slim = Preprocessing.named("slim");
    float[] input = new float[SIDE * SIDE * 3];
    double own = Double.POSITIVE_INFINITY;
    double toInput = Double.POSITIVE_INFINITY;
    double jdk = Double.POSITIVE_INFINITY;
    double pillow = Double.POSITIVE_INFINITY;
    for (int round = 0; round < rounds; round++) {
      own = Math.min(own, least(() -> decoder.decode(bytes)));
      toInput =
          Math.min(toInput, least(() -> decoder.decodeInto(bytes, slim, SIDE, SIDE, input, 0)));
      jdk = Math.min(jdk, least(() -> ImageIO.read(new ByteArrayInputStream(bytes))));
      questions.println(seconds + "\t" + file);
      pillow = Math.min(pillow, Double.parseDouble(answers.readLine()));
    }
    System.out.printf(
        Locale.ROOT,
        "%-24s %9.2f %9.2f %9.2f %9.2f %7.2f%n",
        file.getFileName(),
        own,
        toInput,
        jdk,
        pillow,
        own / pillow);
  }

  private double least(Decoding decoding) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    long least = Long.MAX_VALUE;
    do {
      long begin = threads.getCurrentThreadCpuTime();
      decoding.run();
      least = Math.min(least, threads.getCurrentThreadCpuTime() - begin);
    } while (System.nanoTime() < end);
    return least / 1e6;
  }
}
