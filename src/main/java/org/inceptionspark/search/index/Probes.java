package org.inceptionspark.search.index;

/**
 * How many cells of an index a query reads.
 *
 * @param share of all cells, but never fewer than three: neighbours lie on both sides of a border
 */
public record Probes(double share) {
  /** Chosen by the measurements in {@code docs/search.md}. */
  public static final Probes DEFAULT = new Probes(0.04);

  private static final int LEAST = 3;

  public Probes {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("probes must be from 0 to 1, found " + share);
    }
  }

  public boolean all() {
    return share == 1;
  }

  /** Four times as many cells. */
  public Probes wider() {
    return new Probes(Math.min(1, 4 * share));
  }

  int of(int cells) {
    return (int) Math.min(cells, Math.max(LEAST, Math.ceil(share * cells)));
  }
}
