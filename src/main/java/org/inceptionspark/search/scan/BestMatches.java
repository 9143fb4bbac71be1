package org.inceptionspark.search.scan;

import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.inceptionspark.embedding.QueryVector;

/** Keeps the best k of the matches that are offered. */
public final class BestMatches {
  private final int most;
  private final PriorityQueue<Match> worstFirst = new PriorityQueue<>(Match.BEST_FIRST.reversed());

  public BestMatches(int most) {
    this.most = most;
  }

  /** Matches below this similarity will no longer be taken. */
  public double threshold() {
    return worstFirst.size() < most ? QueryVector.UNDEFINED : worstFirst.peek().similarity();
  }

  /** Makes the row's reference only if the similarity is good enough. */
  public void offer(double similarity, Supplier<RowReference> row) {
    if (similarity == QueryVector.UNDEFINED || similarity < threshold()) {
      return;
    }
    worstFirst.add(new Match(row.get(), similarity));
    if (worstFirst.size() > most) {
      worstFirst.poll();
    }
  }

  public List<Match> inOrder() {
    return worstFirst.stream().sorted(Match.BEST_FIRST).toList();
  }
}
