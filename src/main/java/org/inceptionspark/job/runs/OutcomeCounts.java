package org.inceptionspark.job.runs;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Rows by outcome: of a table, or of what is being written. For the latter Spark takes each
 * partition's figures once, from the attempt that was committed, so they are exact, unlike
 * accumulators of tasks.
 */
public final class OutcomeCounts {
  private static final String BYTES = "bytes";

  private final Observation observation = new Observation("outcomes");

  /** Counts rows that are there. */
  public static OutcomeCounts of(Dataset<Row> rows) {
    OutcomeCounts counts = new OutcomeCounts();
    counts.observe(rows).write().format("noop").mode("overwrite").save();
    return counts;
  }

  /** Counts when these are written. */
  public Dataset<Row> observe(Dataset<Row> rows) {
    Column bytes = functions.coalesce(functions.sum("length"), functions.lit(0L)).as(BYTES);
    return rows.observe(
        observation,
        bytes,
        Arrays.stream(Outcome.values()).map(OutcomeCounts::count).toArray(Column[]::new));
  }

  private static Column count(Outcome outcome) {
    Column kind = functions.col("error.kind");
    Column matches = outcome == Outcome.LABELLED ? kind.isNull() : kind.equalTo(outcome.name());
    return functions.count_if(matches).as(outcome.name());
  }

  /** Images by outcome, all outcomes present; waits until the rows are written. */
  Map<Outcome, Long> byOutcome() {
    Map<String, Object> figures = figures();
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, (Long) figures.get(outcome.name()));
    }
    return counts;
  }

  /** Bytes of all images as listed; waits until the rows are written. */
  long bytes() {
    return (Long) figures().get(BYTES);
  }

  private Map<String, Object> figures() {
    try {
      return observation.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the counts", e);
    }
  }
}
