package org.inceptionspark.weights.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * A folder to unpack an archive into: nothing is written outside, and no more than a bound inside.
 */
public final class TemporaryFolder implements AutoCloseable {
  /** The largest training checkpoint is well below a gigabyte. */
  private static final long MOST_BYTES = 4L << 30;

  private final String archive;
  private final Path root;
  private long room = MOST_BYTES;

  private TemporaryFolder(String archive, Path root) {
    this.archive = archive;
    this.root = root;
  }

  public static TemporaryFolder create(String archive) throws IOException {
    return new TemporaryFolder(archive, Files.createTempDirectory("inception-weights"));
  }

  /** Writes a file below the folder. */
  public void put(String name, InputStream contents) throws IOException {
    Path target = target(name);
    Files.createDirectories(target.getParent());
    InputStream bounded = new BoundedStream(contents, room);
    room -= Files.copy(bounded, target);
    if (room <= 0) {
      throw new WeightsException(
          Kind.UNSUPPORTED, archive, "unpacks to more than " + MOST_BYTES + " bytes");
    }
  }

  private Path target(String name) {
    try {
      Path target = root.resolve(name).normalize();
      if (target.startsWith(root) && !target.equals(root)) {
        return target;
      }
    } catch (InvalidPathException e) {
      throw new WeightsException(Kind.BAD_STRUCTURE, archive, "entry name " + name, e);
    }
    throw new WeightsException(Kind.UNSAFE, archive, "entry " + name + " leaves the archive");
  }

  /** All files, shallow ones first. */
  public List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .sorted(Comparator.comparing(Path::getNameCount).thenComparing(Path::toString))
          .toList();
    }
  }

  public String nameOf(Path file) {
    return root.relativize(file).toString();
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new WeightsException(
          Kind.UNREADABLE, archive, "temporary files cannot be removed: " + e, e);
    }
  }
}
