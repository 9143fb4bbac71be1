package org.inceptionspark.job.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.runs.Attempt;
import org.inceptionspark.job.runs.CommitGate;

/**
 * The run that writes to a table.
 *
 * @param runId names its record
 * @param gate to be passed before each commit
 * @param attempt the application and which of its drivers it is
 * @param runDate the partition of its rows
 * @param columns of its rows
 * @param relabel what is labelled again, and so which rows may be replaced
 */
public record Night(
    String runId,
    CommitGate gate,
    Attempt attempt,
    LocalDate runDate,
    LabelTable columns,
    Relabel relabel) {

  /**
   * The existing rows that may have to give way to new ones.
   *
   * @param held with the columns of {@link ExistingRows}
   */
  public Dataset<Row> replaceable(Dataset<Row> held) {
    Dataset<Row> ours = held.where(col("model").equalTo(columns.model()));
    return switch (relabel) {
      case NONE, STALE -> ours.where(not(ExistingRows.isFinal()));
      case ERRORS -> ours.where(col(ExistingRows.KIND).isNotNull());
      case ALL -> ours;
    };
  }
}
