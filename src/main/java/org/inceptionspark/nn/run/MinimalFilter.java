package org.inceptionspark.nn.run;

/**
 * Winograd's minimal filter F(outputs, taps) along one axis: {@code outputs + taps - 1} products
 * where a direct sum takes {@code outputs * taps}.
 *
 * <p>Points are 0, pairs of plus and minus 1, 2, 1/2, 3/2, 2/3, and infinity: small fractions near
 * 1 keep the rounding errors of float32 low.
 *
 * <p>With stride 2 the axis falls into two phases. The outer two of three taps see only the even
 * elements, one after the other: a minimal filter F(outputs, 2). The middle tap sees the odd ones:
 * a product for each output. Together these are {@code 2 * outputs + 1} products instead of {@code
 * 3 * outputs}.
 */
record MinimalFilter(int outputs, int taps, int stride) {
  /** What an axis without taps does: nothing. */
  static final MinimalFilter NONE = new MinimalFilter(1, 1, 1);

  private static final double[] POINTS = {0, 1, -1, 2, -2, 0.5, -0.5, 1.5, -1.5, 2 / 3.0, -2 / 3.0};

  MinimalFilter {
    if (stride != 1 && (stride != 2 || taps != 3)) {
      throw new IllegalArgumentException(
          "stride must be 1, or 2 with 3 taps: found " + stride + " with " + taps);
    }
  }

  /** Products of each tile: those of the even phase first. */
  int points() {
    return stride == 1 ? outputs + taps - 1 : 2 * outputs + 1;
  }

  /** From the first element of a tile to the first of the next. */
  int step() {
    return outputs * stride;
  }

  /** How many times the filter's outputs cover an axis of this length. */
  int tiles(int length) {
    return (length + outputs - 1) / outputs;
  }

  /** Elements of the input that the tiles over an axis of this many outputs read. */
  int reach(int length) {
    return (tiles(length) * outputs - 1) * stride + taps;
  }

  /** The transform of the taps: one row per point. */
  double[][] tapTransform() {
    if (stride == 1) {
      return evaluated(taps);
    }
    double[][] even = evaluated(2);
    double[][] rows = new double[points()][];
    for (int j = 0; j < rows.length; j++) {
      rows[j] = j < even.length ? new double[] {even[j][0], 0, even[j][1]} : new double[] {0, 1, 0};
    }
    return rows;
  }

  /** Rows of F(outputs, taps): {@code p^tap / product of (p - other points)}. */
  private double[][] evaluated(int taps) {
    double[][] rows = new double[outputs + taps - 1][taps];
    if (rows.length == 1) {
      rows[0][0] = 1;
      return rows;
    }
    int finite = rows.length - 1;
    for (int j = 0; j < finite; j++) {
      double divisor = 1;
      for (int k = 0; k < finite; k++) {
        divisor *= k == j ? 1 : POINTS[j] - POINTS[k];
      }
      double power = 1;
      for (int tap = 0; tap < taps; tap++) {
        rows[j][tap] = power / divisor;
        power *= POINTS[j];
      }
    }
    rows[finite][taps - 1] = 1;
    return rows;
  }
}
