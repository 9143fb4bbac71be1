package org.inceptionspark.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.inceptionspark.job.runs.Outcome;

/** Good and bad image files, some under difficult names, with their expected outcomes. */
final class ImageBattery {
  private static final Path STORED = Path.of("src/test/resources/images");

  private ImageBattery() {}

  /** Bytes by name, such as {@code names/with space.jpg}. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>(zipped());
    for (JsonNode row : expected()) {
      files.computeIfAbsent(row.get("file").asText(), ImageBattery::stored);
    }
    return files;
  }

  /** The names without those that Spark passes over. */
  static Set<String> visible() {
    Set<String> names = new TreeSet<>(files().keySet());
    names.removeAll(
        Set.of(
            "names/._resource-fork.jpg",
            "names/.hidden.jpg",
            "names/_underscore.jpg",
            "names/.dir/inside.jpg",
            "names/_temporary/inside.jpg"));
    return names;
  }

  /** The acceptable outcomes for each name. */
  static Map<String, Set<String>> outcomes() {
    Map<String, Set<String>> outcomes = new TreeMap<>();
    for (JsonNode row : expected()) {
      Set<String> accepted = new TreeSet<>(Set.of(outcome(row.get("outcome"))));
      row.path("also_accepted").forEach(also -> accepted.add(outcome(also)));
      outcomes.put(row.get("file").asText(), accepted);
    }
    return outcomes;
  }

  private static String outcome(JsonNode word) {
    return word.asText().equals("rgb") ? Outcome.LABELLED.name() : word.asText();
  }

  private static JsonNode expected() {
    try {
      return new ObjectMapper().readTree(STORED.resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] stored(String name) {
    try {
      return Files.readAllBytes(STORED.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> zipped() {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(Files.newInputStream(STORED.resolve("names.zip")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
