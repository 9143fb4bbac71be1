package org.inceptionspark.job.table;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.RetriedImages;

/**
 * The commits of one run to its table: a reader sees all of a chunk's file or nothing, and a
 * version of an image never has two rows by one model. To be closed by the run, however it ends.
 */
public interface TableCommits extends AutoCloseable {
  /** How the rows of a chunk get into the table. */
  enum Way {
    /** They are new. */
    ADDED,
    /** They take the place of others, or are dropped if they are worse. */
    REPLACING
  }

  /**
   * Held rows that may have to give way to new ones; to be asked once, before the table changes.
   *
   * @param objects with the columns of {@link SourceImage#LISTED}
   * @return nothing if there are none; otherwise to be closed
   */
  Optional<PersistedDataset> givingWay(Dataset<Row> objects) throws IOException;

  /**
   * The same objects in such a form that they do not change when the table does.
   *
   * @param name used once
   */
  Dataset<Row> settled(Dataset<Row> objects, String name) throws IOException;

  /**
   * Commits a chunk of rows that are new.
   *
   * @return who made it visible: the committer, as {@code _SUCCESS} names it, or the format; null
   *     if that is not known
   * @throws RunException whatever goes wrong
   */
  String append(Dataset<Row> rows) throws IOException;

  /**
   * Commits rows in place of those that the table holds about the same versions by the same model.
   * A row gives way to one that is as good or better: labels are better than an error that is
   * final, and this better than one that is worth another try. A new row that is worse is dropped.
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

  /** Images that were asked for again, so far. */
  RetriedImages again();

  /** The last chunk is in. */
  void end() throws IOException;

  @Override
  void close();
}
