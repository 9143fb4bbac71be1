package org.inceptionspark.search.duplicates;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A maximum spanning forest of weighted links between numbered nodes (Kruskal's algorithm, in
 * portions): of the links with the highest similarity, just those that keep the same nodes
 * connected, so always fewer links than nodes.
 */
final class SpanningForest {
  /** Two linked things. */
  record Link(int one, int other, double similarity) implements Serializable {}

  private static final Comparator<Link> MOST_SIMILAR_FIRST =
      Comparator.comparingDouble(Link::similarity)
          .reversed()
          .thenComparingInt(Link::one)
          .thenComparingInt(Link::other);

  private static final int MOST_NEW = 20_000;

  private final int count;
  private List<Link> links = new ArrayList<>();
  private int[] setOf = new int[0];
  private double[] leastOf = new double[0];
  private int kept;

  SpanningForest(int count) {
    this.count = count;
  }

  void add(int one, int other, double similarity) {
    links.add(new Link(one, other, similarity));
    if (links.size() > 2 * kept + MOST_NEW) {
      reduce();
    }
  }

  /**
   * The similarity up to which a new link between two nodes is redundant: existing links already
   * connect them, none of which is less similar.
   */
  double worthless(int one, int other) {
    return setOf.length > 0 && setOf[one] == setOf[other]
        ? leastOf[setOf[one]]
        : Double.NEGATIVE_INFINITY;
  }

  /** The links of the forest. */
  List<Link> links() {
    reduce();
    return List.copyOf(links);
  }

  /** The component of each node: the lowest number in it. */
  int[] sets() {
    int[] parents = new int[count];
    for (int i = 0; i < count; i++) {
      parents[i] = i;
    }
    links.forEach(link -> join(parents, link));
    for (int i = 0; i < count; i++) {
      parents[i] = find(parents, i);
    }
    return parents;
  }

  private void reduce() {
    links.sort(MOST_SIMILAR_FIRST);
    int[] parents = new int[count];
    for (int i = 0; i < count; i++) {
      parents[i] = i;
    }
    List<Link> needed = new ArrayList<>();
    for (Link link : links) {
      if (join(parents, link)) {
        needed.add(link);
      }
    }
    links = needed;
    kept = needed.size();
    setOf = sets();
    leastOf = new double[count];
    Arrays.fill(leastOf, Double.POSITIVE_INFINITY);
    links.forEach(
        link ->
            leastOf[setOf[link.one()]] = Math.min(leastOf[setOf[link.one()]], link.similarity()));
  }

  /** Whether the two were in different components. */
  private static boolean join(int[] parents, Link link) {
    int one = find(parents, link.one());
    int other = find(parents, link.other());
    parents[Math.max(one, other)] = Math.min(one, other);
    return one != other;
  }

  private static int find(int[] parents, int element) {
    int at = element;
    while (parents[at] != at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }
}
