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
 * Where labelled rows are kept: a directory, or a table in a catalog. Five verbs: what is {@link
 * #held}; {@link TableCommits#append} a chunk; {@link TableCommits#replace} rows; {@link #remove}
 * rows; {@link #compact}.
 */
public interface LabelsTable {
  /**
   * What a compaction did.
   *
   * @param nights that had small files
   */
  record Compacted(int nights, int filesBefore, int filesAfter) {}

  /**
   * What was put in order.
   *
   * @param uploads to S3 that were begun and never completed
   * @param entries temporary files and directories
   * @param replacements of files that were decided and not finished
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

  /** Whether no run has added rows; there may be no table at all. */
  boolean isNew() throws IOException;

  /** What its runs say of themselves. */
  RunRecords records();

  /** A directory that tasks can write notes to: a URI. */
  String besides() throws IOException;

  /** All rows, with the columns of every night; there may be none. Nothing is read yet. */
  Dataset<Row> view() throws IOException;

  /**
   * The same for those who need where a row lies, which {@link RowPlace} tells.
   *
   * @throws ConfigurationException if there are none
   */
  Dataset<Row> rows() throws IOException;

  /** What is held now, as {@link ExistingRows} has it; nothing if no run has added rows. */
  Optional<Dataset<Row>> held() throws IOException;

  /**
   * Whole rows with what {@link #held} calls their {@link ExistingRows#FILE} and {@link
   * ExistingRows#PLACE}: at least those that are asked for.
   *
   * @param wanted rows that have these two
   * @param columns the others that are needed
   */
  Dataset<Row> located(Dataset<Row> wanted, LabelTable columns);

  /**
   * Begins to write. Whatever dies meanwhile leaves the table as it was, or with the chunk.
   *
   * @throws IOException if another run has the table
   */
  TableCommits begin(Night night) throws IOException;

  /**
   * Takes out all rows of some images, whatever their version, model and night.
   *
   * @param images their {@link SourceImage#PATH}, once each; read more than once
   * @return how many rows
   * @throws IOException if another run has the table
   */
  long remove(Dataset<Row> images) throws IOException;

  /** Brings small files of old nights together. The rows stay as they are. */
  Compacted compact(LocalDate before, long fileBytes) throws IOException;

  /** Puts in order what dead runs have left. */
  Cleaned clean() throws IOException;

  /** Whether all that it has was written by one application. */
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
