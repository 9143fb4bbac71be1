package org.inceptionspark.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;

/** A file that a command writes: on this machine, or in storage if it is named by a URI. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Writes or replaces it.
   *
   * @throws ConfigurationException if it cannot be written, with its name
   */
  public static void write(String file, byte[] bytes, Configuration hadoop) {
    try {
      if (new Path(file).toUri().getScheme() == null) {
        Files.write(java.nio.file.Path.of(file), bytes);
        return;
      }
      Path path = new Path(file);
      try (OutputStream out = path.getFileSystem(hadoop).create(path, true)) {
        out.write(bytes);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException("output " + file + ": " + StorageFailure.describe(e), e);
    }
  }
}
