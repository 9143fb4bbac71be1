package org.inceptionspark.job.table;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;

/**
 * Where labelled rows are kept: a directory, or a table in a catalog. It supports five operations:
 * read the {@link #held existing rows}; {@link TableCommits#append} a chunk; {@link
 * TableCommits#replace} rows; {@link #remove} rows; {@link #compact}.
 */
public interface LabelsTable {
  /**
   * What a compaction did.
   *
   * @param nights that had small files
   */
  record Compacted(int nights, int filesBefore, int filesAfter) {}

  /**
   * What was cleaned up.
   *
   * @param uploads to S3 that were never completed
   * @param entries temporary files and directories
   * @param replacements file swaps that were decided but not finished
   */
  record Cleaned(int uploads, int entries, int replacements) {
    /** Nothing was left about. */
    public static final Cleaned NOTHING = new Cleaned(0, 0, 0);
  }

  /** As the user names it. */
  String name();

  /**
   * @throws ConfigurationException if it may not be written to
   */
  void check(IfExists ifExists) throws IOException;

  /** Whether no run has added rows yet; the table need not exist. */
  boolean isNew() throws IOException;

  /** The records of its runs. */
  RunRecords records();

  /** URI of a directory that tasks can write markers to. */
  String besides() throws IOException;

  /** All rows, with the columns of all nights; possibly none. Lazy. */
  Dataset<Row> view() throws IOException;

  /**
   * The same, with rows whose {@link RowPlace} is known.
   *
   * @throws ConfigurationException if there are none
   */
  Dataset<Row> rows() throws IOException;

  /** The current rows, as {@link ExistingRows}; empty if no run has added any. */
  Optional<Dataset<Row>> held() throws IOException;

  /**
   * Whole rows with the {@link ExistingRows#FILE} and {@link ExistingRows#PLACE} of {@link #held}:
   * at least the wanted ones.
   *
   * @param wanted rows with these two columns
   * @param columns the other columns that are needed
   */
  Dataset<Row> located(Dataset<Row> wanted, LabelTable columns);

  /**
   * Begins to write. A crash leaves the table as it was, or with the whole chunk.
   *
   * @throws IOException if another run has the table
   */
  TableCommits begin(Night night) throws IOException;

  /**
   * Removes all rows of some images, of every version, model and night.
   *
   * @param images their {@link SourceImage#PATH}, distinct; read more than once
   * @return number of removed rows
   * @throws IOException if another run has the table
   */
  long remove(Dataset<Row> images) throws IOException;

  /** Merges small files of old nights. Rows do not change. */
  Compacted compact(LocalDate before, long fileBytes) throws IOException;

  /** Cleans up after dead runs. */
  Cleaned clean() throws IOException;

  /** Whether all of its rows were written by the given application. */
  default boolean isOnlyOf(String application) throws IOException {
    Iterator<RunRecord> runs = records().newestFirst();
    boolean any = runs.hasNext();
    while (runs.hasNext()) {
      if (!application.equals(runs.next().applicationId())) {
        return false;
      }
    }
    return any;
  }
}
