package org.inceptionspark.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** One file of the image battery with its row of {@code expected.json}. */
record BatteryFile(String name, byte[] bytes, JsonNode expected) {
  static List<BatteryFile> all() {
    try {
      Map<String, byte[]> names = names();
      List<BatteryFile> files = new ArrayList<>();
      for (JsonNode row : new ObjectMapper().readTree(resource("expected.json"))) {
        String name = row.get("file").asText();
        byte[] bytes = names.containsKey(name) ? names.get(name) : resource(name);
        files.add(new BatteryFile(name, bytes, row));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] resource(String name) throws IOException {
    try (InputStream stream = BatteryFile.class.getResourceAsStream("/images/" + name)) {
      if (stream == null) {
        throw new IOException("no test resource images/" + name);
      }
      return stream.readAllBytes();
    }
  }

  private static Map<String, byte[]> names() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream stream = BatteryFile.class.getResourceAsStream("/images/names.zip");
        ZipInputStream zip = new ZipInputStream(stream)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  boolean accepts(String outcome) {
    return outcome.equals(expected.path("outcome").asText())
        || texts("also_accepted").contains(outcome);
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    expected.path(field).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Override
  public String toString() {
    return name;
  }
}
