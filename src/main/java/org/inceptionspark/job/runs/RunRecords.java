package org.inceptionspark.job.runs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.storage.AtomicFiles;
import org.inceptionspark.job.storage.Location;

/** The records of a table's runs, in its directory {@code _runs}. */
public final class RunRecords {
  /** Of runs that began in the same second, the one that was written last. */
  private static final Comparator<FileStatus> NEWEST_FIRST =
      Comparator.comparing(RunRecords::second)
          .thenComparing(FileStatus::getModificationTime)
          .reversed();

  public static final String DIRECTORY = "_runs";
  private static final String SUFFIX = ".json";

  private final AtomicFiles files;
  private final Path directory;

  private RunRecords(AtomicFiles files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /**
   * @param table URI of the table's directory
   * @throws IOException if its storage is not known
   */
  public static RunRecords of(String table, Configuration hadoop) throws IOException {
    Location location = Location.of(table, hadoop);
    return of(AtomicFiles.on(location.fileSystem()), location.path());
  }

  public static RunRecords of(AtomicFiles files, Path table) {
    return new RunRecords(files, new Path(table, DIRECTORY));
  }

  /** A run's id begins with the second of its start; what follows is chance. */
  private static String second(FileStatus file) {
    return file.getPath().getName().split("-", 2)[0];
  }

  /** All, the newest first; read one by one as they are asked for. */
  public Iterator<RunRecord> newestFirst() throws IOException {
    return names().stream().map(this::readUnchecked).flatMap(Optional::stream).iterator();
  }

  /** None if there is no such run, or if its record cannot be understood. */
  public Optional<RunRecord> read(String runId) throws IOException {
    try {
      return Optional.of(RunRecord.ofJson(files.read(file(runId))));
    } catch (FileNotFoundException | com.fasterxml.jackson.core.JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * Adds to a run's record how far its images are from those of the night before.
   *
   * @throws IOException if there is no such record, or it cannot be written
   */
  public void note(String runId, RunDrift drift) throws IOException {
    RunRecord run = read(runId).orElseThrow(() -> new FileNotFoundException("run " + runId));
    write(run.drifted(drift));
  }

  public void write(RunRecord run) throws IOException {
    files.replace(file(run.runId()), run.toJson());
  }

  private Path file(String runId) {
    return new Path(directory, runId + SUFFIX);
  }

  private List<String> names() throws IOException {
    try {
      return new ArrayList<>(
          Arrays.stream(files.fileSystem().listStatus(directory))
              .filter(FileStatus::isFile)
              .sorted(NEWEST_FIRST)
              .map(file -> file.getPath().getName())
              .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
              .map(name -> name.substring(0, name.length() - SUFFIX.length()))
              .toList());
    } catch (FileNotFoundException none) {
      return List.of();
    }
  }

  private Optional<RunRecord> readUnchecked(String runId) {
    try {
      return read(runId);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
