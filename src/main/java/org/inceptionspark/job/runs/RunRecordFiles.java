package org.inceptionspark.job.runs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.storage.AtomicFiles;

/** Records as files in a directory. */
final class RunRecordFiles implements RunRecords {
  /** Of runs that began in the same second, the one that was written last. */
  private static final Comparator<FileStatus> NEWEST_FIRST =
      Comparator.comparing(RunRecordFiles::second)
          .thenComparing(FileStatus::getModificationTime)
          .reversed();

  private static final String SUFFIX = ".json";

  private final AtomicFiles files;
  private final Path directory;

  RunRecordFiles(AtomicFiles files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /** A run's id begins with the second of its start; the rest is random. */
  private static String second(FileStatus file) {
    return file.getPath().getName().split("-", 2)[0];
  }

  @Override
  public Iterator<RunRecord> newestFirst() throws IOException {
    return names().stream().map(this::readUnchecked).flatMap(Optional::stream).iterator();
  }

  @Override
  public Optional<RunRecord> read(String runId) throws IOException {
    try {
      return Optional.of(RunRecord.ofJson(files.read(file(runId))));
    } catch (FileNotFoundException | com.fasterxml.jackson.core.JacksonException e) {
      return Optional.empty();
    }
  }

  @Override
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
