package org.inceptionspark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.commit.files.SuccessData;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;

/** Adds rows to a table: each call is one commit, by Spark and the committer of the storage. */
final class TableWriter {
  static final String PAGE_SIZE = "parquet.page.size";

  /** A search that needs one embedding reads a page: sixteen of them instead of 128. */
  static final int PAGE_BYTES = 128 << 10;

  private final OutputTable table;
  private final LocalDate runDate;

  TableWriter(OutputTable table, LocalDate runDate) {
    this.table = table;
    this.runDate = runDate;
  }

  /**
   * Brings rows together in so many files: one for a chunk that is to appear at once. Rows that say
   * {@code UNREADABLE}, if there are any, have another file, so that they can be taken back ({@link
   * UnreadableRows}).
   *
   * @param files at least 1
   */
  static Dataset<Row> inFiles(Dataset<Row> rows, int files) {
    Column file = functions.pmod(functions.hash(col(SourceImage.PATH)), lit(files));
    return rows.repartitionById(files + 1, functions.when(isUnreadable(), files).otherwise(file));
  }

  private static Column isUnreadable() {
    return col("error." + HeldRows.KIND).eqNullSafe(Outcome.UNREADABLE.name());
  }

  /**
   * Commits rows that have the columns of the table's files.
   *
   * @return the committer, as {@code _SUCCESS} names it; null if there is none
   * @throws RunException whatever goes wrong
   */
  String append(Dataset<Row> rows) throws RunException {
    return appendDated(rows.withColumn(LabelTable.RUN_DATE, lit(runDate)));
  }

  /** The same for rows that have all columns of the table, each with the date of its night. */
  String appendDated(Dataset<Row> rows) throws RunException {
    try {
      rows.write()
          .mode(SaveMode.Append)
          .partitionBy(LabelTable.RUN_DATE)
          .option(PAGE_SIZE, PAGE_BYTES)
          .parquet(table.uri());
      return committer();
    } catch (Exception e) { // Spark throws checked exceptions without saying so
      throw new RunException("labels into " + table.uri() + ": " + StorageFailure.describe(e), e);
    }
  }

  /** S3A's committers say who they are; an empty file is the mark of Hadoop's usual one. */
  private String committer() throws IOException {
    FileSystem fileSystem = table.fileSystem();
    Path success = new Path(table.path(), "_SUCCESS");
    try {
      return fileSystem.getFileStatus(success).getLen() == 0
          ? "file"
          : SuccessData.load(fileSystem, success).getCommitter();
    } catch (FileNotFoundException | EOFException none) {
      return null;
    }
  }
}
