package org.inceptionspark.job.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;

/**
 * What the name of a file to read means. A URI with a scheme is unambiguous. A path without one,
 * which Hadoop resolves in the default file system ({@code fs.defaultFS}) and people in their
 * current directory, is a file of this machine if it exists, else one of the default file system.
 * If both exist, it is refused: there must be no doubt which weights made a table. A path that
 * begins with {@code ./} is always this machine's.
 */
public final class NamedFile {
  private static final String HERE = "./";

  private NamedFile() {}

  /** Whether it is a path without a scheme. */
  public static boolean isBare(String name) {
    return new Path(name).toUri().getScheme() == null;
  }

  /**
   * The file of this machine that is meant.
   *
   * @return none if it is in storage, or nowhere
   * @throws ConfigurationException if the name means two files
   */
  public static Optional<java.nio.file.Path> onThisMachine(String name, Configuration hadoop)
      throws IOException {
    String scheme = new Path(name).toUri().getScheme();
    if (scheme != null) {
      return scheme.equals("file")
          ? Optional.of(java.nio.file.Path.of(new Path(name).toUri().getPath()))
          : Optional.empty();
    }
    java.nio.file.Path here = java.nio.file.Path.of(name);
    if (name.startsWith(HERE) || isLocal(hadoop)) {
      return Optional.of(here);
    }
    if (ModelParts.of(here).isEmpty()) {
      return Optional.empty();
    }
    Location there = Location.of(name, hadoop);
    if (isThere(there)) {
      throw new ConfigurationException(
          name
              + " is a file of this machine and one of the default file system: write "
              + here.toAbsolutePath().normalize().toUri()
              + " or "
              + there.path());
    }
    return Optional.of(here);
  }

  private static boolean isLocal(Configuration hadoop) {
    return "file".equals(FileSystem.getDefaultUri(hadoop).getScheme());
  }

  private static boolean isThere(Location location) throws IOException {
    try {
      return location.fileSystem().exists(location.path())
          || location.fileSystem().exists(location.path().suffix(".index"));
    } catch (FileNotFoundException none) {
      return false;
    }
  }
}
