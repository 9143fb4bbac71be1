package org.inceptionspark.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.Location;
import org.inceptionspark.job.storage.NamedFile;

/** A file that a command writes: on this machine, or in storage if given as a URI. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Checks that it can be written, before the work.
   *
   * @throws ConfigurationException if its directory does not exist, or it is a directory itself
   */
  public static void require(String file, Configuration hadoop) {
    try {
      Path path = new Path(file);
      if (path.toUri().getScheme() == null) {
        requireLocal(file);
      } else if (isDirectory(Location.of(path, hadoop))) {
        throw new ConfigurationException("output " + file + " is a directory");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException("output " + file + ": " + StorageFailure.describe(e), e);
    }
  }

  private static boolean isDirectory(Location output) throws IOException {
    return output.fileSystem().exists(output.path())
        && output.fileSystem().getFileStatus(output.path()).isDirectory();
  }

  private static void requireLocal(String file) {
    java.nio.file.Path path = java.nio.file.Path.of(file).toAbsolutePath();
    if (Files.isDirectory(path)) {
      throw new ConfigurationException("output " + file + " is a directory");
    }
    if (path.getParent() != null && !Files.isDirectory(path.getParent())) {
      throw new ConfigurationException(
          "output " + file + ": there is no directory " + path.getParent());
    }
  }

  /**
   * Checks that a table can be created here, before the work.
   *
   * @throws ConfigurationException if something exists there already
   */
  public static void requireNew(String uri, Configuration hadoop) {
    try {
      Path path = new Path(uri);
      if (Location.of(path, hadoop).fileSystem().exists(path)) {
        throw new ConfigurationException("output " + uri + " already exists");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException("output " + uri + ": " + StorageFailure.describe(e), e);
    }
  }

  /**
   * Writes or replaces it.
   *
   * @throws ConfigurationException if it cannot be written, with its name
   */
  public static void write(String file, byte[] bytes, Configuration hadoop) {
    try {
      if (NamedFile.isBare(file)) {
        Files.write(java.nio.file.Path.of(file), bytes);
        return;
      }
      Location location = Location.of(file, hadoop);
      try (OutputStream out = location.fileSystem().create(location.path(), true)) {
        out.write(bytes);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException("output " + file + ": " + StorageFailure.describe(e), e);
    }
  }
}
