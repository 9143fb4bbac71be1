package org.inceptionspark.search.scan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds which of a search's rows are the newest of their image. */
public final class CurrentRows {
  private final SearchedRows rows;

  /**
   * @param rows of one model
   */
  public CurrentRows(SearchedRows rows) {
    this.rows = rows;
  }

  /** The current matches, in order; at most k. */
  public List<Match> of(List<Match> matches, int k) {
    Object[] paths = matches.stream().map(match -> match.row().path()).distinct().toArray();
    Set<RowReference> newest = new HashSet<>();
    rows.newestOf(paths)
        .where("wanted")
        .collectAsList()
        .forEach(row -> newest.add(RowReference.of(row)));
    return matches.stream().filter(match -> newest.contains(match.row())).limit(k).toList();
  }
}
