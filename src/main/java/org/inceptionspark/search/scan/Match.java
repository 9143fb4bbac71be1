package org.inceptionspark.search.scan;

import java.io.Serializable;
import java.util.Comparator;

/** A row and its similarity to a query. */
public record Match(RowReference row, double similarity) implements Serializable {
  /** The most similar first; equal ones by path, then the newest first. */
  public static final Comparator<Match> BEST_FIRST =
      Comparator.comparingDouble(Match::similarity)
          .reversed()
          .thenComparing(match -> match.row().path())
          .thenComparing(Match::row, Comparator.reverseOrder());
}
