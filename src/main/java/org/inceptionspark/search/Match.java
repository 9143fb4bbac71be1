package org.inceptionspark.search;

import java.io.Serializable;
import java.util.Comparator;

/** A row and its similarity to a query. */
record Match(RowReference row, double similarity) implements Serializable {
  /** The most similar first; equal ones by path, then the newest first. */
  static final Comparator<Match> BEST_FIRST =
      Comparator.comparingDouble(Match::similarity)
          .reversed()
          .thenComparing(match -> match.row().path())
          .thenComparing(Match::row, Comparator.reverseOrder());
}
