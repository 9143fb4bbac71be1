package org.inceptionspark.learn;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.Location;
import org.inceptionspark.weights.ClassifierHead;

/** The file of a head: a local path or any URI that Hadoop can write. */
public final class HeadFile {
  private HeadFile() {}

  /**
   * Writes a head; an existing one is replaced.
   *
   * @throws ConfigurationException if it cannot be written there
   */
  public static void write(ClassifierHead head, String uri, Configuration hadoop) {
    try {
      Path target = new Path(uri);
      String scheme = target.toUri().getScheme();
      if (scheme == null || scheme.equals("file")) {
        head.write(java.nio.file.Path.of(scheme == null ? uri : target.toUri().getPath()));
        return;
      }
      java.nio.file.Path local = Files.createTempFile("inception-spark-head", ".safetensors");
      try {
        head.write(local);
        Location there = Location.of(uri, hadoop);
        there.fileSystem().copyFromLocalFile(false, true, new Path(local.toUri()), there.path());
      } finally {
        Files.deleteIfExists(local);
      }
    } catch (IOException e) {
      throw new ConfigurationException("head " + uri + ": " + StorageFailure.describe(e), e);
    }
  }
}
