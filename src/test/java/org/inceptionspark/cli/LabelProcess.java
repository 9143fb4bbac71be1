package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The {@code label} command in a JVM of its own, with a master of its own: a session takes its
 * master once, and vectors have one width per JVM.
 */
final class LabelProcess {
  private static final Pattern EXECUTOR = Pattern.compile("\"Executor ID\":\"([^\"]+)\"");

  private final Path directory;
  private final Process process;

  private LabelProcess(Path directory, Process process) {
    this.directory = directory;
    this.process = process;
  }

  /**
   * @param directory for the table and all that the process leaves
   * @param settings Spark's, and system properties
   */
  static LabelProcess start(Path directory, Map<String, String> settings, List<String> options)
      throws IOException {
    Files.createDirectories(directory.resolve("home/jars"));
    Files.createDirectories(directory.resolve("events"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx768m", "-Djava.awt.headless=true", "-Duser.timezone=UTC"));
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    String classes = System.getProperty("java.class.path");
    command.addAll(
        List.of(
            "-Dspark.ui.enabled=false",
            "-Dspark.executor.memory=768m",
            "-Dspark.eventLog.enabled=true",
            "-Dspark.eventLog.compress=false",
            "-Dspark.eventLog.dir=" + directory.resolve("events").toUri(),
            "-Dspark.executor.extraClassPath=" + classes,
            "-cp",
            classes,
            Main.class.getName(),
            "label",
            "--output",
            directory.resolve("labels").toString()));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.log").toFile());
    // Workers start executors as a Spark distribution does; this one has an empty folder of jars.
    builder.environment().put("SPARK_HOME", directory.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    return new LabelProcess(directory, builder.start());
  }

  /** Waits for the table. */
  String labels() throws IOException, InterruptedException {
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    String output = Files.readString(directory.resolve("output.log"));
    assertThat(ended).as("ended: %s", output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return directory.resolve("labels").toString();
  }

  /** Ends what still runs. */
  void end() {
    process.destroyForcibly();
  }

  /** The executors that ran tasks. */
  Set<String> executors() throws IOException {
    Set<String> executors = new TreeSet<>();
    try (Stream<Path> files = Files.walk(directory.resolve("events"))) {
      files.filter(Files::isRegularFile).forEach(file -> add(file, executors));
    }
    return executors;
  }

  private static void add(Path file, Set<String> executors) {
    try (Stream<String> events = Files.lines(file)) {
      events
          .filter(event -> event.contains("SparkListenerTaskEnd"))
          .forEach(
              event -> {
                Matcher matcher = EXECUTOR.matcher(event);
                if (matcher.find()) {
                  executors.add(matcher.group(1));
                }
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
