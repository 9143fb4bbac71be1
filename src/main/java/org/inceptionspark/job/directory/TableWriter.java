package org.inceptionspark.job.directory;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.PartialCommitException;
import org.inceptionspark.shims.SparkLine;

/** Adds rows to a table: each call is one commit, by Spark and the storage's committer. */
public final class TableWriter {
  private static final String BLOOM = "parquet.bloom.filter.";

  /** A search that needs one embedding reads a page: sixteen of them instead of 128. */
  static final int PAGE_BYTES = 128 << 10;

  /**
   * Files are not sorted by path, so a look-up would read all of them: Bloom filters say which to
   * skip.
   */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "parquet.page.size",
          Integer.toString(PAGE_BYTES),
          BLOOM + "enabled#path",
          "true",
          BLOOM + "enabled#sha256",
          "true",
          BLOOM + "adaptive.enabled",
          "true",
          BLOOM + "candidates.number",
          "8");

  private final OutputTable table;
  private final LocalDate runDate;

  public TableWriter(OutputTable table, LocalDate runDate) {
    this.table = table;
    this.runDate = runDate;
  }

  /**
   * Gathers rows in this many files: one for a chunk that is to appear at once. {@code UNREADABLE}
   * rows get one of their own: they are replaced when another night reads the image, and the cost
   * of a replacement is the size of the files that lose rows.
   *
   * @param files at least 1
   */
  public static Dataset<Row> inFiles(Dataset<Row> rows, int files) {
    Column byPath = functions.pmod(functions.hash(col(SourceImage.PATH)), lit(files));
    Column again = col("error." + ExistingRows.KIND).isin(Outcome.worthAnotherTry());
    return SparkLine.repartitionById(
        rows, files + 1, functions.when(again, lit(files)).otherwise(byPath));
  }

  /**
   * Commits rows that have the columns of the table's files.
   *
   * @return the committer, as {@code _SUCCESS} names it; null if there is none
   * @throws RunException whatever goes wrong
   * @throws PartialCommitException if it did when some of the rows had appeared
   */
  public String append(Dataset<Row> rows) throws RunException {
    Observation written = new Observation();
    Dataset<Row> counted = rows.observe(written, functions.count(lit(1)).as("rows"));
    Set<String> before = names();
    String committer;
    try {
      committer = write(dated(counted).mode(SaveMode.Append), table.path());
    } catch (RunException e) {
      throw withVisible(e, before, rows);
    }
    if (names().equals(before)) {
      requireNoRows(written, committer);
    }
    return committer;
  }

  private Set<String> names() throws RunException {
    try {
      return table.dataFiles(night()).stream()
          .map(file -> file.getPath().getName())
          .collect(Collectors.toSet());
    } catch (FileNotFoundException first) {
      return Set.of();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private RunException withVisible(RunException failure, Set<String> before, Dataset<Row> rows) {
    try {
      String[] appeared =
          names().stream()
              .filter(name -> !before.contains(name))
              .map(name -> new Path(night(), name).toString())
              .toArray(String[]::new);
      return appeared.length == 0
          ? failure
          : new PartialCommitException(
              failure,
              rows.sparkSession().read().schema(rows.schema()).parquet(LiteralPaths.of(appeared)));
    } catch (RunException | RuntimeException more) { // storage, or Spark, is gone
      failure.addSuppressed(more);
      return failure;
    }
  }

  /** Under some settings a committer loses what tasks have written, and reports success. */
  private void requireNoRows(Observation written, String committer) throws RunException {
    long rows;
    try {
      rows = (Long) written.getAsJava().get("rows");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    }
    if (rows > 0) {
      throw failed(
          new IOException("no file of " + rows + " rows has appeared; committer: " + committer));
    }
  }

  /**
   * Writes such rows to a directory that readers of the table do not see.
   *
   * @return like {@link #append}
   * @throws RunException whatever goes wrong
   */
  String stage(Dataset<Row> rows, Path directory) throws RunException {
    return write(dated(rows), directory);
  }

  /** The files that {@link #stage} has written. */
  List<FileStatus> staged(Path directory) throws IOException {
    Path night = new Path(directory, night().getName());
    return table.fileSystem().exists(night) ? table.dataFiles(night) : List.of();
  }

  /**
   * Writes other rows there.
   *
   * @throws RunException whatever goes wrong
   */
  void note(Dataset<Row> objects, Path directory) throws RunException {
    write(objects.write(), directory);
  }

  private DataFrameWriter<Row> dated(Dataset<Row> rows) {
    return rows.withColumn(LabelTable.RUN_DATE, lit(runDate))
        .write()
        .options(OPTIONS)
        .partitionBy(LabelTable.RUN_DATE);
  }

  /** The directory of this night. */
  Path night() {
    return new Path(table.path(), LabelTable.RUN_DATE + "=" + runDate);
  }

  private String write(DataFrameWriter<Row> rows, Path directory) throws RunException {
    try {
      rows.parquet(directory.toString());
      return committer(directory);
    } catch (Exception e) { // Spark throws undeclared checked exceptions
      throw failed(e);
    }
  }

  private RunException failed(Exception e) {
    return new RunException("labels into " + table.uri() + ": " + StorageFailure.describe(e), e);
  }

  /** S3A's committers name themselves; an empty file means Hadoop's usual one. */
  private String committer(Path directory) throws IOException {
    FileSystem fileSystem = table.fileSystem();
    Path success = new Path(directory, "_SUCCESS");
    try {
      return fileSystem.getFileStatus(success).getLen() == 0
          ? "file"
          : committerOf(table.smallFiles().read(success));
    } catch (FileNotFoundException | EOFException none) {
      return null;
    }
  }

  /** Part of the JSON that Hadoop's committers write, whose class is in S3A only. */
  private static String committerOf(byte[] success) throws IOException {
    return new ObjectMapper().readTree(success).path("committer").asText(null);
  }
}
