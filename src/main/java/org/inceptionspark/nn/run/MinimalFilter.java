package org.inceptionspark.nn.run;

/**
 * Winograd's minimal filter F(outputs, taps) along one axis: {@code outputs + taps - 1} products
 * where the direct way takes {@code outputs * taps}.
 *
 * <p>Points are 0, pairs of plus and minus 1, 2, 1/2, 3/2, 2/3, and infinity: small fractions near
 * 1 keep the rounding errors of float32 low.
 */
record MinimalFilter(int outputs, int taps) {
  /** What an axis without taps does: nothing. */
  static final MinimalFilter NONE = new MinimalFilter(1, 1);

  private static final double[] POINTS = {0, 1, -1, 2, -2, 0.5, -0.5, 1.5, -1.5, 2 / 3.0, -2 / 3.0};

  int points() {
    return outputs + taps - 1;
  }

  /** How many times the filter's outputs cover an axis of this length. */
  int tiles(int length) {
    return (length + outputs - 1) / outputs;
  }

  /**
   * The transform of the taps: one row per point, {@code p^tap / product of (p - other points)}.
   */
  double[][] tapTransform() {
    double[][] rows = new double[points()][taps];
    if (points() == 1) {
      rows[0][0] = 1;
      return rows;
    }
    int finite = points() - 1;
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
