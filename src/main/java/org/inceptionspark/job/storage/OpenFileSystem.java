package org.inceptionspark.job.storage;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.shims.S3a;

/**
 * Checks whether a file system has the {@link RequiredSettings}. Hadoop opens one for each bucket
 * and caches it: one that was opened earlier, by Spark or the surrounding application, keeps its
 * settings, which cannot be changed.
 */
public final class OpenFileSystem {
  private static final String MAGIC = "fs.s3a.committer.magic.enabled";
  private static final String MAGIC_CAPABILITY = "fs.s3a.capability.magic.committer";
  private static final String DETECTION = "fs.s3a.change.detection.mode";
  private static final String DETECTED_BY = "fs.s3a.change.detection.source";

  private OpenFileSystem() {}

  /**
   * @param what for the message, such as {@code output s3a://bucket/labels}
   * @throws ConfigurationException if a table there would be written by copying and deleting
   */
  public static void requireCommitter(FileSystem fileSystem, Path directory, String what)
      throws IOException {
    if (S3a.is(fileSystem) && !fileSystem.hasPathCapability(directory, MAGIC_CAPABILITY)) {
      throw new ConfigurationException(
          what
              + " needs S3A's magic committer, which "
              + fileSystem.getClass().getName()
              + " does not have: set "
              + MAGIC
              + "=true, also for this bucket");
    }
  }

  /**
   * @param what for the message, such as {@code input s3a://bucket/in}
   * @throws ConfigurationException if another version of an object could be mistaken for the listed
   *     one
   */
  public static void requireVersions(FileSystem fileSystem, String what) {
    if (!S3a.is(fileSystem)) {
      return;
    }
    String mode = fileSystem.getConf().getTrimmed(DETECTION, "server");
    String source = fileSystem.getConf().getTrimmed(DETECTED_BY, "etag");
    if (!Set.of("server", "client").contains(mode) || !source.equals("etag")) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s would be read in other versions than the listed ones: found %s=%s and %s=%s,"
                  + " needed server and etag, also for this bucket",
              what,
              DETECTION,
              mode,
              DETECTED_BY,
              source));
    }
  }
}
