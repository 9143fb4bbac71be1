package org.inceptionspark.benchmark;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.inceptionspark.image.Decoding;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageFile;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.jpeg.JpegFile;
import org.inceptionspark.image.preprocess.Preprocessing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Decodes JPEGs with this decoder, the JDK's and Pillow in turn, in full and as small as {@code
 * --decode scaled} makes them: CPU time of one thread, the minimum of many runs. Pillow must be
 * installed for the given Python.
 */
@Command(name = "benchmark.sh --decode", mixinStandardHelpOptions = true)
final class DecodeBenchmark implements Callable<Integer> {
  private static final int SIDE = 299;
  private static final long MOST_PIXELS = 500_000_000;
  private static final String[] COLUMNS = {
    "this", "Pillow", "JDK", "scaled", "Pillow sc.", "to input", "scaled"
  };

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

  private interface Work {
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
      System.out.printf("%-18s", "ms");
      Stream.concat(Stream.of(COLUMNS), Stream.of("ratio", "scaled"))
          .forEach(column -> System.out.printf(" %9s", column));
      System.out.println();
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
    ImageDecoder full = new ImageDecoder(Orientation.IGNORE, MOST_PIXELS);
    ImageDecoder scaled = new ImageDecoder(Orientation.IGNORE, Decoding.SCALED, MOST_PIXELS);
    Preprocessing slim = Preprocessing.named("slim");
    float[] input = new float[SIDE * SIDE * 3];
    int divisor = divisor(bytes);
    double[] least = new double[COLUMNS.length];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int round = 0; round < rounds; round++) {
      double[] found = {
        least(() -> full.decode(bytes)),
        pillow(questions, answers, file, 1),
        least(() -> ImageIO.read(new ByteArrayInputStream(bytes))),
        least(() -> reduced(bytes, divisor)),
        pillow(questions, answers, file, divisor),
        least(() -> full.decodeInto(bytes, slim, SIDE, SIDE, input, 0)),
        least(() -> scaled.decodeInto(bytes, slim, SIDE, SIDE, input, 0)),
      };
      Arrays.setAll(least, i -> Math.min(least[i], found[i]));
    }
    StringBuilder row = new StringBuilder();
    row.append(String.format(Locale.ROOT, "%-18s", file.getFileName()));
    for (double milliseconds : least) {
      row.append(String.format(Locale.ROOT, " %9.2f", milliseconds));
    }
    row.append(
        String.format(Locale.ROOT, " %9.2f %9.2f", least[0] / least[1], least[3] / least[4]));
    System.out.println(row);
  }

  /** What the network's input allows of a file, as {@code --decode scaled} has it. */
  private static int divisor(byte[] bytes) throws Exception {
    ImageFile file = jpeg(bytes);
    int divisor = 8;
    while (divisor > 1 && Math.min(file.width(), file.height()) / divisor * 7 / 8 < SIDE) {
      divisor /= 2;
    }
    return divisor;
  }

  private static ImageFile jpeg(byte[] bytes) throws Exception {
    return JpegFile.open(new EncodedBytes(bytes, ImageFormat.JPEG));
  }

  private static void reduced(byte[] bytes, int divisor) throws Exception {
    ImageFile file = jpeg(bytes);
    (divisor == 1 ? file : file.reduced(divisor).orElseThrow()).pixels();
  }

  private double pillow(PrintWriter questions, BufferedReader answers, Path file, int divisor)
      throws IOException {
    questions.println(seconds + "\t" + file + "\t" + divisor);
    return Double.parseDouble(answers.readLine());
  }

  private double least(Work decoding) throws Exception {
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
