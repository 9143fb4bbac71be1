package org.inceptionspark.job.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.shims.SparkLine;

/** Adds rows to a table: each call is one commit, by Spark and the committer of the storage. */
public final class TableWriter {
  static final String PAGE_SIZE = "parquet.page.size";

  /** A search that needs one embedding reads a page: sixteen of them instead of 128. */
  static final int PAGE_BYTES = 128 << 10;

  private final OutputTable table;
  private final LocalDate runDate;

  public TableWriter(OutputTable table, LocalDate runDate) {
    this.table = table;
    this.runDate = runDate;
  }

  /**
   * Brings rows together in so many files: one for a chunk that is to appear at once.
   *
   * @param files at least 1
   */
  public static Dataset<Row> inFiles(Dataset<Row> rows, int files) {
    Column file = functions.pmod(functions.hash(col(SourceImage.PATH)), lit(files));
    return SparkLine.repartitionById(rows, files, file);
  }

  /**
   * Commits rows that have the columns of the table's files.
   *
   * @return the committer, as {@code _SUCCESS} names it; null if there is none
   * @throws RunException whatever goes wrong
   */
  public String append(Dataset<Row> rows) throws RunException {
    DataFrameWriter<Row> dated =
        rows.withColumn(LabelTable.RUN_DATE, lit(runDate))
            .write()
            .mode(SaveMode.Append)
            .partitionBy(LabelTable.RUN_DATE);
    return write(dated, table.path());
  }

  /**
   * Writes such rows to a directory that readers of the table do not see.
   *
   * @return as {@link #append}
   * @throws RunException whatever goes wrong
   */
  String stage(Dataset<Row> rows, Path directory) throws RunException {
    return write(rows.write(), directory);
  }

  /** The directory of this night. */
  Path night() {
    return new Path(table.path(), LabelTable.RUN_DATE + "=" + runDate);
  }

  private String write(DataFrameWriter<Row> rows, Path directory) throws RunException {
    try {
      rows.option(PAGE_SIZE, PAGE_BYTES).parquet(directory.toString());
      return committer(directory);
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      throw new RunException("labels into " + table.uri() + ": " + StorageFailure.describe(e), e);
    }
  }

  /** S3A's committers say who they are; an empty file is the mark of Hadoop's usual one. */
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

  /** Of the JSON that the committers of Hadoop write, of which a class is in S3A only. */
  private static String committerOf(byte[] success) throws IOException {
    return new ObjectMapper().readTree(success).path("committer").asText(null);
  }
}
