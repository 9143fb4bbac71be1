package org.inceptionspark.job.directory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.storage.AtomicFiles;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.storage.Location;
import org.inceptionspark.job.storage.OpenFileSystem;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.LabelTable;

/**
 * The location of a labels table, which need not exist yet, with the records of its runs beside it.
 */
public final class OutputTable {
  private final String uri;
  private final FileSystem fileSystem;
  private final Path path;

  public OutputTable(String uri, Configuration hadoop) throws IOException {
    this.uri = uri;
    try {
      Location location = Location.of(uri, hadoop);
      this.fileSystem = location.fileSystem();
      this.path = location.path();
    } catch (IOException e) {
      throw StorageFailure.about("output " + uri, e);
    }
  }

  /**
   * @throws ConfigurationException if it may not be written to
   */
  public void check(IfExists ifExists) throws IOException {
    try {
      OpenFileSystem.requireCommitter(fileSystem, path, "output " + uri);
      if (fileSystem.getFileStatus(path).isFile()) {
        throw new ConfigurationException("output " + uri + " is a file");
      }
      checkEntries(fileSystem.listStatusIterator(path), ifExists);
    } catch (FileNotFoundException absent) {
      // The first run makes it.
    } catch (IOException e) {
      throw StorageFailure.about("output " + uri, e);
    }
  }

  private void checkEntries(RemoteIterator<FileStatus> entries, IfExists ifExists)
      throws IOException {
    while (entries.hasNext()) {
      FileStatus entry = entries.next();
      String name = entry.getPath().getName();
      if (HiddenNames.isHidden(name)) {
        continue;
      }
      if (!entry.isDirectory() || !name.startsWith(LabelTable.RUN_DATE + "=")) {
        throw new ConfigurationException(
            "output " + uri + " holds something that is not a labels table: " + name);
      }
      if (ifExists == IfExists.FAIL) {
        throw new ConfigurationException(
            "output "
                + uri
                + " already holds a labels table; to add to it, set if-exists to append");
      }
    }
  }

  public String uri() {
    return uri;
  }

  Path path() {
    return path;
  }

  /** With scheme and authority, as Spark and committers use it. */
  public Path qualified() {
    return fileSystem.makeQualified(path);
  }

  /** A file's path relative to the table: {@code run_date=2026-01-31/part-0.parquet}. */
  String below(Path file) {
    return qualified().toUri().relativize(fileSystem.makeQualified(file).toUri()).getPath();
  }

  /** Files with rows in a directory. */
  List<FileStatus> dataFiles(Path directory) throws IOException {
    return Arrays.stream(fileSystem.listStatus(directory))
        .filter(file -> file.isFile() && !HiddenNames.isHidden(file.getPath().getName()))
        .toList();
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  /**
   * @throws ConfigurationException if there is nothing that could be a table
   */
  void requireTable() throws IOException {
    check(IfExists.APPEND);
    if (!exists()) {
      throw new ConfigurationException("table " + uri + " does not exist");
    }
  }

  /** The directories of its partitions, the oldest first; none if there is no table yet. */
  List<Path> nights() throws IOException {
    return Arrays.stream(entries())
        .map(FileStatus::getPath)
        .filter(night -> night.getName().startsWith(LabelTable.RUN_DATE + "="))
        .sorted()
        .toList();
  }

  private FileStatus[] entries() throws IOException {
    try {
      return fileSystem.listStatus(path);
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    }
  }

  /** Whether it has no rows because no run has added any. */
  public boolean isNew() throws IOException {
    try {
      return nights().isEmpty();
    } catch (IOException e) {
      throw StorageFailure.about("output " + uri, e);
    }
  }

  /** Its rows; empty if no run has added any, which takes no job to find out. */
  Optional<Dataset<Row>> existingRows(SparkSession spark) throws IOException {
    return nights().isEmpty() ? Optional.empty() : Optional.of(ExistingRows.read(spark, path));
  }

  /** Whether there is a directory; it may be one without rows. */
  boolean exists() throws IOException {
    return fileSystem.exists(path);
  }

  AtomicFiles smallFiles() {
    return AtomicFiles.on(fileSystem);
  }

  public RunRecords records() {
    return RunRecords.of(smallFiles(), path);
  }
}
