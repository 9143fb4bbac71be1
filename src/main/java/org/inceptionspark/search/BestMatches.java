package org.inceptionspark.search;

import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** The best few of the matches that are offered. */
final class BestMatches {
  private final int most;
  private final PriorityQueue<Match> worstFirst = new PriorityQueue<>(Match.BEST_FIRST.reversed());

  BestMatches(int most) {
    this.most = most;
  }

  /** No match of a lower similarity will be taken any more. */
  double threshold() {
    return worstFirst.size() < most ? QueryVector.UNDEFINED : worstFirst.peek().similarity();
  }

  /** Makes the row's reference only if the similarity is good enough. */
  void offer(double similarity, Supplier<RowReference> row) {
    if (similarity == QueryVector.UNDEFINED || similarity < threshold()) {
      return;
    }
    worstFirst.add(new Match(row.get(), similarity));
    if (worstFirst.size() > most) {
      worstFirst.poll();
    }
  }

  List<Match> inOrder() {
    return worstFirst.stream().sorted(Match.BEST_FIRST).toList();
  }
}
