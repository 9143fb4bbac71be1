package org.inceptionspark.cli.yarn;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A directory as one file, since Spark does not ship directories. */
final class ZippedDirectory {
  private ZippedDirectory() {}

  /** Deleted when this process ends. */
  static Path of(Path directory) throws IOException {
    Path zip = Files.createTempFile("inception-spark", ".zip");
    zip.toFile().deleteOnExit();
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file);
        Stream<Path> found = Files.walk(directory)) {
      List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
      for (Path each : files) {
        out.putNextEntry(new ZipEntry(directory.relativize(each).toString()));
        Files.copy(each, out);
      }
    }
    return zip;
  }
}
