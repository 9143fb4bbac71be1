package org.inceptionspark.job.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.inceptionspark.job.failure.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codecs in a JVM whose temporary directory does not exist. */
class TableCodecTest {
  @TempDir Path directory;

  /** What runs in the other JVM: what becomes of each codec. */
  public static final class Codecs {
    private Codecs() {}

    public static void main(String[] names) {
      for (String name : names) {
        System.out.println(name + "=" + outcome(name));
      }
    }

    private static String outcome(String name) {
      try {
        TableCodec.of(name).require();
        return "fine";
      } catch (ConfigurationException e) {
        return e.getMessage();
      }
    }
  }

  @Test
  void thoseWithNativeCodeSayWhatTheyNeed() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Map<String, String> outcomes = codecs(file, "snappy", "zstd", "gzip", "lz4_raw", "none");
    assertThat(outcomes)
        .containsEntry("gzip", "fine")
        .containsEntry("lz4_raw", "fine")
        .containsEntry("none", "fine");
    assertThat(outcomes.get("snappy"))
        .startsWith("compression codec snappy does not start: its native code cannot be loaded")
        .contains("java.io.tmpdir, " + file, "spark.sql.parquet.compression.codec=gzip");
    assertThat(outcomes.get("zstd")).contains("codec zstd does not start", "java.io.tmpdir");
  }

  @Test
  void elsewhereAllStart() throws IOException {
    assertThat(codecs(directory, "snappy", "zstd", "gzip", "lz4raw", "uncompressed").values())
        .containsOnly("fine");
  }

  private static Map<String, String> codecs(Path tmpdir, String... names) throws IOException {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + tmpdir);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Codecs.class.getName());
    command.addAll(java.util.List.of(names));
    Process process = new ProcessBuilder(command).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, String> outcomes = new TreeMap<>();
    out.lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> outcomes.put(pair[0], pair[1]));
    return outcomes;
  }
}
