package org.inceptionspark.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The weight files under {@code src/test/resources/weights}, which are kept compressed. */
public final class Fixtures {
  private static final Map<String, Path> UNPACKED = new ConcurrentHashMap<>();

  private Fixtures() {}

  /** A file or folder among the fixtures, unpacked: {@code tf_v1/tiny.ckpt}. */
  public static Path path(String relative) {
    int slash = relative.indexOf('/');
    String folder = slash < 0 ? relative : relative.substring(0, slash);
    Path root = UNPACKED.computeIfAbsent(folder, Fixtures::unpack);
    return slash < 0 ? root : root.resolve(relative.substring(slash + 1));
  }

  /** The text file {@code expected.tsv} and its like, as they are. */
  static Stream<String> lines(String relative) {
    try {
      return Files.readAllLines(packed(relative)).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path packed(String relative) {
    try {
      return Path.of(Fixtures.class.getResource("/weights/" + relative).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path unpack(String folder) {
    Path packed = packed(folder);
    try {
      Path root = Files.createTempDirectory("weights-" + folder);
      root.toFile().deleteOnExit();
      try (Stream<Path> files = Files.walk(packed)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          copy(file, root.resolve(packed.relativize(file).toString().replaceFirst("\\.gz$", "")));
        }
      }
      return root;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    boolean compressed = from.toString().endsWith(".gz");
    try (InputStream file = Files.newInputStream(from);
        InputStream in = compressed ? new GZIPInputStream(file) : file) {
      Files.copy(in, to);
    }
    to.toFile().deleteOnExit();
  }
}
