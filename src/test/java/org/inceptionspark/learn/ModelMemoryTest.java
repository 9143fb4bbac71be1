package org.inceptionspark.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first use of a model and the hundredth fit into Spark's default heap. */
@Tag("slow")
class ModelMemoryTest {
  @TempDir Path directory;

  @Test
  void aDayOfUsesFitsIntoOneGigabyte() throws Exception {
    Path log = directory.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-"))
            .toList());
    command.addAll(List.of("-Xmx1g", "-XX:+ExitOnOutOfMemoryError", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ModelUses.class.getName());
    command.add(Files.createDirectory(directory.resolve("work")).toString());
    Process day =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertThat(day.waitFor()).as(() -> tail(log)).isZero();
      assertThat(tail(log)).contains(ModelUses.DONE);
    } finally {
      day.destroyForcibly();
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
