package org.inceptionspark.job.directory;

import java.io.IOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.directory.FileSwap.Move;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.CurrentRun;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.RowPlace;

/** Merges the small files of a directory's old nights, one night at a time. */
final class DirectoryCompaction {
  private final SparkSession spark;
  private final OutputTable table;
  private final LocalDate before;
  private final long fileBytes;

  DirectoryCompaction(SparkSession spark, OutputTable table, LocalDate before, long fileBytes) {
    this.spark = spark;
    this.table = table;
    this.before = before;
    this.fileBytes = fileBytes;
  }

  LabelsTable.Compacted execute() throws IOException {
    String run = CurrentRun.newId("compact");
    int nights = 0;
    int filesBefore = 0;
    int filesAfter = 0;
    try (LockedTable owned = LockedTable.open(table, run)) {
      for (Path night : table.nights()) {
        List<FileStatus> small = mergeable(smallFiles(night));
        if (!small.isEmpty()) {
          FileSwap compaction = write(run, night, small);
          compaction.commit(table);
          nights++;
          filesBefore += compaction.removed().size();
          filesAfter += compaction.moves().size();
        }
      }
      FileSwap.finishAll(table); // only the empty directory is left to remove
    }
    return new LabelsTable.Compacted(nights, filesBefore, filesAfter);
  }

  private List<FileStatus> smallFiles(Path night) throws IOException {
    if (!date(night).isBefore(before)) {
      return List.of();
    }
    return table.dataFiles(night).stream().filter(file -> file.getLen() < fileBytes / 2).toList();
  }

  /**
   * The files whose number shrinks. Files with only {@code UNREADABLE} rows are merged too, but
   * stay separate from others, as in {@link TableWriter#inFiles}.
   */
  private List<FileStatus> mergeable(List<FileStatus> small) {
    if (small.size() < 2) {
      return List.of();
    }
    Set<Path> settled = new HashSet<>();
    ExistingRows.read(spark, small.stream().map(FileStatus::getPath).toList())
        .where(ExistingRows.isFinal())
        .select(ExistingRows.FILE)
        .distinct()
        .collectAsList()
        .forEach(row -> settled.add(RowPlace.path(row.getString(0))));
    return small.stream()
        .collect(Collectors.partitioningBy(file -> settled.contains(file.getPath())))
        .values()
        .stream()
        .filter(alike -> alike.size() > 1)
        .flatMap(List::stream)
        .toList();
  }

  private static LocalDate date(Path night) {
    return LocalDate.parse(night.getName().substring(night.getName().indexOf('=') + 1));
  }

  private FileSwap write(String run, Path night, List<FileStatus> small) throws IOException {
    String id = run + "-" + night.getName().replaceFirst(".*=", "");
    long bytes = small.stream().mapToLong(FileStatus::getLen).sum();
    int files = (int) Math.max(1, (bytes + fileBytes - 1) / fileBytes);
    Path staging = FileSwap.staging(table, id);
    TableWriter writer = new TableWriter(table, date(night));
    Dataset<Row> rows =
        FileRows.read(spark, small.stream().map(file -> file.getPath().toString()).toList());
    try {
      writer.stage(TableWriter.inFiles(rows, files), staging);
    } catch (RunException e) {
      throw new RunException(
          "compaction of " + night + ": " + StorageFailure.describe(e.getCause()), e);
    }
    requireSame(
        rows.count(), spark.read().parquet(LiteralPaths.of(staging.toString())).count(), night);
    return new FileSwap(
        id,
        small.stream().map(file -> table.below(file.getPath())).toList(),
        writer.staged(staging).stream().map(file -> move(file.getPath(), night)).toList());
  }

  private Move move(Path staged, Path night) {
    return new Move(table.below(staged), table.below(new Path(night, staged.getName())), null);
  }

  private static void requireSame(long before, long after, Path night) throws RunException {
    if (before != after) {
      throw new RunException(
          "compaction of " + night + ": found " + after + " rows, needed " + before, null);
    }
  }
}
