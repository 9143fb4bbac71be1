package org.inceptionspark.job.task;

import com.fasterxml.jackson.core.JacksonException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.AtomicFiles;
import org.inceptionspark.job.storage.Location;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory {@code _suspects} beside a table: which images were in progress when a JVM died. A
 * task that survives deletes its marker, so that every marker that stays belongs to a dead JVM.
 */
public final class InFlightMarkers implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(InFlightMarkers.class);
  private static final String SUFFIX = ".json";

  public static final String DIRECTORY = "_suspects";

  private final Broadcast<SerializableConfiguration> hadoop;
  private final String directory;

  public InFlightMarkers(String table, Broadcast<SerializableConfiguration> hadoop) {
    this.hadoop = hadoop;
    this.directory = new Path(table, DIRECTORY).toString();
  }

  /** All existing markers, including those of tasks that are running. */
  List<InFlightMarker> read() throws IOException {
    AtomicFiles files = files();
    List<InFlightMarker> notes = new ArrayList<>();
    for (FileStatus file : list(files)) {
      String name = file.getPath().getName();
      if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
        try {
          notes.add(InFlightMarker.ofJson(files.read(file.getPath())));
        } catch (FileNotFoundException | JacksonException e) {
          continue; // its task has ended, or it is another file
        }
      }
    }
    return notes;
  }

  private FileStatus[] list(AtomicFiles files) throws IOException {
    try {
      return files.fileSystem().listStatus(new Path(directory));
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    }
  }

  /** Replaces this task's earlier marker. */
  void write(String task, InFlightMarker note) throws IOException {
    files().replace(file(task), note.toJson());
  }

  void delete(String task) throws IOException {
    files().delete(file(task));
  }

  /**
   * To be called when every image has its row. Markers left by a failure here only make the next
   * run careful.
   */
  public void deleteAll() {
    try {
      files().fileSystem().delete(new Path(directory), true);
    } catch (IOException e) {
      LOG.warn("notes about suspects stay: {}", StorageFailure.describe(e));
    }
  }

  private Path file(String task) {
    return new Path(directory, task + SUFFIX);
  }

  private AtomicFiles files() throws IOException {
    return AtomicFiles.on(Location.of(directory, hadoop.value().value()).fileSystem());
  }
}
