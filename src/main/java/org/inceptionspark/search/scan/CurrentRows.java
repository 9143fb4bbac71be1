package org.inceptionspark.search.scan;

import static org.apache.spark.sql.functions.col;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds out which of the rows that a search found are the newest of their path. */
public final class CurrentRows {
  private final Dataset<Row> rows;

  /**
   * @param rows the labelled rows of one model
   */
  public CurrentRows(Dataset<Row> rows) {
    this.rows = rows;
  }

  /** The matches that are current, in their order, each path once; at most k. */
  public List<Match> of(List<Match> matches, int k) {
    Map<String, RowReference> newest = new HashMap<>();
    Object[] paths = matches.stream().map(match -> match.row().path()).toArray();
    EmbeddingScan.references(rows.where(col("path").isin(paths)))
        .collectAsList()
        .forEach(row -> newest.merge(row.getString(2), RowReference.of(row), CurrentRows::later));
    return matches.stream()
        .filter(match -> match.row().equals(newest.get(match.row().path())))
        .limit(k)
        .toList();
  }

  private static RowReference later(RowReference one, RowReference other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
