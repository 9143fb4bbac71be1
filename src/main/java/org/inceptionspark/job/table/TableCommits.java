package org.inceptionspark.job.table;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.RetriedImages;

/**
 * The commits of one run to its table: a reader sees a chunk's file whole or not at all, and a
 * version of an image never has two rows by one model. The run must close it, however it ends.
 */
public interface TableCommits extends AutoCloseable {
  /** How the rows of a chunk get into the table. */
  enum Way {
    /** They are new. */
    ADDED,
    /** They replace others, or are dropped if they are worse. */
    REPLACING
  }

  /**
   * Existing rows that may have to give way to new ones; to be called once, before the table
   * changes.
   *
   * @param objects with the columns of {@link SourceImage#LISTED}
   * @return empty if there are none; else to be closed
   */
  Optional<PersistedDataset> replaceable(Dataset<Row> objects) throws IOException;

  /**
   * The same objects in a form that does not change when the table does.
   *
   * @param name used once
   */
  Dataset<Row> materialised(Dataset<Row> objects, String name) throws IOException;

  /**
   * Commits a chunk of rows that are new.
   *
   * @return what made it visible: the committer, as named in {@code _SUCCESS}, or the format; null
   *     if unknown
   * @throws RunException whatever goes wrong
   */
  String append(Dataset<Row> rows) throws IOException;

  /**
   * Commits rows in place of existing ones for the same versions and model. A row gives way to one
   * that is as good or better: labels are better than a final error, and that is better than one
   * worth another attempt. A new row that is worse is dropped.
   *
   * @return as {@link #append}
   */
  String replace(Dataset<Row> rows) throws IOException;

  /** Either. */
  default String put(Dataset<Row> rows, Way way) throws IOException {
    return switch (way) {
      case ADDED -> append(rows);
      case REPLACING -> replace(rows);
    };
  }

  /** Images that were tried again, so far. */
  RetriedImages retried();

  /** To be called after the last chunk. */
  void end() throws IOException;

  @Override
  void close();
}
