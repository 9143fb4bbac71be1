package org.inceptionspark.job.runs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.storage.AtomicFiles;
import org.inceptionspark.job.storage.Location;

/** The records of a table's runs, wherever they are stored. */
public interface RunRecords {
  /** Where a directory keeps them. */
  String DIRECTORY = "_runs";

  /**
   * In the directory of a table.
   *
   * @param table URI of the table's directory
   * @throws IOException if its storage is not known
   */
  static RunRecords of(String table, Configuration hadoop) throws IOException {
    Location location = Location.of(table, hadoop);
    return of(AtomicFiles.on(location.fileSystem()), location.path());
  }

  /** The same. */
  static RunRecords of(AtomicFiles files, Path table) {
    return new RunRecordFiles(files, new Path(table, DIRECTORY));
  }

  /** All, newest first; read lazily, one by one. */
  Iterator<RunRecord> newestFirst() throws IOException;

  /** Empty if there is no such run, or if its record cannot be parsed. */
  Optional<RunRecord> read(String runId) throws IOException;

  /** Replaces the run's earlier record. */
  void write(RunRecord run) throws IOException;

  /**
   * Adds to a run's record how far its images are from those of the night before.
   *
   * @throws IOException if there is no such record, or it cannot be written
   */
  default void note(String runId, RunDrift drift) throws IOException {
    RunRecord run = read(runId).orElseThrow(() -> new FileNotFoundException("run " + runId));
    write(run.drifted(drift));
  }
}
