package org.inceptionspark.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A small file that another program wrote, one of a zip.
 *
 * @param sha256 of the RGB that it must give, or the beginning of the expected error
 */
record MadeFile(String name, byte[] bytes, String sha256) {
  /** The files of a zip in the resources, which holds their table as {@code sha256.json}. */
  static List<MadeFile> of(String zip) {
    Map<String, byte[]> entries = new TreeMap<>();
    try (InputStream stream = MadeFile.class.getResourceAsStream("/images/" + zip);
        ZipInputStream archive = new ZipInputStream(stream)) {
      for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        entries.put(entry.getName(), archive.readAllBytes());
      }
      JsonNode table = new ObjectMapper().readTree(entries.remove("sha256.json"));
      List<MadeFile> files = new ArrayList<>();
      entries.forEach(
          (name, bytes) -> files.add(new MadeFile(name, bytes, table.get(name).asText())));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
