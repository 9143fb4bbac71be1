package org.inceptionspark.search;

/**
 * How many cells of an index a query looks into.
 *
 * @param share of all cells, at least one of them
 */
public record Probes(double share) {
  /** What the measurements in {@code docs/search.md} chose. */
  public static final Probes DEFAULT = new Probes(0.04);

  public Probes {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("probes must be from 0 to 1, found " + share);
    }
  }

  int of(int cells) {
    return (int) Math.min(cells, Math.max(1, Math.ceil(share * cells)));
  }
}
