package org.inceptionspark.job.directory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.shims.S3a;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what dead runs have left below a table, none of which readers see: pending uploads,
 * directories of committers, half-written small files. The lease holder may delete all of it.
 */
final class OrphanCleanup {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanCleanup.class);

  /**
   * What was deleted.
   *
   * @param uploads to S3 that were never completed
   * @param entries files and directories
   */
  record Cleaned(int uploads, int entries) {
    static final Cleaned NOTHING = new Cleaned(0, 0);
  }

  private OrphanCleanup() {}

  /** To be called by the lease holder only. */
  static Cleaned clean(OutputTable table) throws IOException {
    int entries = 0;
    for (Path directory : List.of(table.path(), new Path(table.path(), RunRecords.DIRECTORY))) {
      for (FileStatus entry : list(table.fileSystem(), directory)) {
        if (isTemporary(entry.getPath().getName())) {
          table.fileSystem().delete(entry.getPath(), true);
          entries++;
        }
      }
    }
    Cleaned cleaned = new Cleaned(abortUploads(table), entries);
    if (!cleaned.equals(Cleaned.NOTHING)) {
      LOG.info(
          "table {}: deleted {} pending uploads and {} temporary files of a run that died",
          table.uri(),
          cleaned.uploads(),
          cleaned.entries());
    }
    return cleaned;
  }

  private static boolean isTemporary(String name) {
    return name.equals("_temporary")
        || name.startsWith("__magic")
        || name.startsWith(".spark-staging")
        || (name.startsWith(".") && name.endsWith(".new"));
  }

  private static List<FileStatus> list(FileSystem fileSystem, Path directory) throws IOException {
    try {
      return Arrays.asList(fileSystem.listStatus(directory));
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }

  /** A store that cannot list uploads keeps them, until its lifecycle rules remove them. */
  private static int abortUploads(OutputTable table) {
    if (!S3a.is(table.fileSystem())) {
      return 0;
    }
    try {
      return S3a.abortUploads(table.fileSystem(), table.path());
    } catch (IOException e) {
      LOG.warn(
          "table {}: pending uploads cannot be looked for: {}",
          table.uri(),
          StorageFailure.describe(e));
      return 0;
    }
  }
}
