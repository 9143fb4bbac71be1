package org.inceptionspark.job.table;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.RunException;

/**
 * A commit that has failed after rows of it had appeared: they stay, as readers may have seen them.
 */
public final class PartialCommitException extends RunException {
  private static final long serialVersionUID = 1L;

  private final transient Dataset<Row> visible;

  /** What counts rows. */
  @FunctionalInterface
  public interface Count {
    void of(Dataset<Row> rows) throws IOException;
  }

  /**
   * @param visible those of its rows that are in the table
   */
  public PartialCommitException(RunException cause, Dataset<Row> visible) {
    super(cause.getMessage(), cause);
    this.visible = visible;
  }

  /** Counts the rows that are in the table, as far as storage lets it: this failure came first. */
  public void count(Count count) {
    try {
      count.of(visible);
    } catch (IOException | RuntimeException e) {
      addSuppressed(e);
    }
  }
}
