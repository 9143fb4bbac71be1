package org.inceptionspark.image.preprocess;

/**
 * Pillow's resize filters. Where a picture shrinks, the filter widens by the same factor, so that
 * every pixel counts.
 */
enum PillowFilter {
  BILINEAR(1) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      return x < 1 ? 1 - x : 0;
    }
  },
  BICUBIC(2) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * SHARPNESS : 0;
    }
  };

  private static final double SHARPNESS = -0.5;

  private final double support;

  PillowFilter(double support) {
    this.support = support;
  }

  /** The weight of a sample at this distance from the centre, in outputs. */
  abstract double weight(double distance);

  /**
   * Which samples make which outputs: output {@code i} sums {@code weights[i]} times the samples
   * from {@code first[i]} on, in fixed point of {@link PillowResize#FRACTION_BITS} bits.
   *
   * @param size number of samples
   * @param outputs to which all of them are resized
   * @param start of the outputs that are wanted
   * @param count of them
   */
  Taps taps(int size, int outputs, int start, int count) {
    double scale = (double) size / outputs;
    double filterScale = Math.max(1, scale);
    double reach = support * filterScale;
    int[] first = new int[count];
    int[][] weights = new int[count][];
    for (int i = 0; i < count; i++) {
      double centre = (start + i + 0.5) * scale;
      first[i] = Math.max(0, (int) (centre - reach + 0.5));
      int end = Math.min(size, (int) (centre + reach + 0.5));
      weights[i] = fixedPoint(centre, first[i], end - first[i], 1 / filterScale);
    }
    return new Taps(first, weights);
  }

  record Taps(int[] first, int[][] weights) {}

  private int[] fixedPoint(double centre, int first, int count, double inverseScale) {
    double[] weights = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      weights[i] = weight((i + first - centre + 0.5) * inverseScale);
      sum += weights[i];
    }
    int[] fixed = new int[count];
    for (int i = 0; i < count; i++) {
      double weight = sum == 0 ? weights[i] : weights[i] / sum;
      double scaled = weight * (1 << PillowResize.FRACTION_BITS);
      fixed[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    return fixed;
  }
}
