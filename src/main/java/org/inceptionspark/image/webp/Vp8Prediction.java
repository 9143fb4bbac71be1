package org.inceptionspark.image.webp;

/** VP8's prediction of a block from its neighbours above and to the left (RFC 6386, section 12). */
final class Vp8Prediction {
  static final int DC = 0;
  static final int TRUE_MOTION = 1;
  static final int VERTICAL = 2;
  static final int HORIZONTAL = 3;
  private static final int LEFT_DOWN = 4;
  private static final int HORIZONTAL_UP = 9;

  /**
   * For five directional modes, 4 to 8: each of 16 samples as the smoothing of edge samples. 2 k is
   * the rounded mean of edge k and k + 1, 2 k + 1 that of edge k, twice k + 1, and k + 2. The edge
   * runs from the lowest sample to the left (0) by the corner (4) to the last above (12).
   */
  private static final int[][] DIRECTIONS = {
    // left-down, right-down, vertical-right, vertical-left, horizontal-down
    {11, 13, 15, 17, 13, 15, 17, 19, 15, 17, 19, 21, 17, 19, 21, 23},
    {7, 9, 11, 13, 5, 7, 9, 11, 3, 5, 7, 9, 1, 3, 5, 7},
    {8, 10, 12, 14, 7, 9, 11, 13, 5, 8, 10, 12, 3, 7, 9, 11},
    {10, 12, 14, 16, 11, 13, 15, 17, 12, 14, 16, 19, 13, 15, 17, 21},
    {6, 7, 9, 11, 4, 5, 6, 7, 2, 3, 4, 5, 0, 1, 2, 3},
  };

  private final int[] edge = new int[14];

  /** Predicts a square of {@code size} samples, 8 or 16, by one of the four plain modes. */
  static void square(Vp8Plane plane, int x, int y, int size, int mode) {
    byte[] samples = plane.samples;
    int at = plane.at(x, y);
    if (mode == DC) {
      fill(samples, at, plane.stride, size, mean(plane, at, size, x > 0, y > 0));
    } else {
      plain(samples, at, plane.stride, size, mode);
    }
  }

  private static void plain(byte[] samples, int at, int stride, int size, int mode) {
    int corner = samples[at - stride - 1] & 0xff;
    for (int row = 0; row < size; row++) {
      int line = at + row * stride;
      int left = samples[line - 1] & 0xff;
      for (int column = 0; column < size; column++) {
        int top = samples[at - stride + column] & 0xff;
        samples[line + column] =
            switch (mode) {
              case VERTICAL -> (byte) top;
              case HORIZONTAL -> (byte) left;
              default -> clamp(left + top - corner);
            };
      }
    }
  }

  private static int mean(Vp8Plane plane, int at, int size, boolean hasLeft, boolean hasTop) {
    if (!hasLeft && !hasTop) {
      return 128;
    }
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += hasTop ? plane.samples[at - plane.stride + i] & 0xff : 0;
      sum += hasLeft ? plane.samples[at + i * plane.stride - 1] & 0xff : 0;
    }
    int count = hasLeft && hasTop ? 2 * size : size;
    return (sum + count / 2) / count;
  }

  private static void fill(byte[] samples, int at, int stride, int size, int value) {
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        samples[at + row * stride + column] = (byte) value;
      }
    }
  }

  /**
   * Predicts a 4 x 4 sub-block by one of the ten modes.
   *
   * @param right where the four samples above to the right are
   */
  void subBlock(byte[] samples, int at, int stride, int right, int mode) {
    for (int i = 0; i < 4; i++) {
      edge[i] = samples[at + (3 - i) * stride - 1] & 0xff;
      edge[5 + i] = samples[at - stride + i] & 0xff;
      edge[9 + i] = samples[right + i] & 0xff;
    }
    edge[4] = samples[at - stride - 1] & 0xff;
    edge[13] = edge[12];
    switch (mode) {
      case DC -> {
        int sum = edge[0] + edge[1] + edge[2] + edge[3] + edge[5] + edge[6] + edge[7] + edge[8];
        fill(samples, at, stride, 4, (sum + 4) >> 3);
      }
      case TRUE_MOTION -> plain(samples, at, stride, 4, TRUE_MOTION);
      case VERTICAL, HORIZONTAL -> smooth(samples, at, stride, mode);
      case HORIZONTAL_UP -> horizontalUp(samples, at, stride);
      default -> directional(samples, at, stride, DIRECTIONS[mode - LEFT_DOWN]);
    }
  }

  private void smooth(byte[] samples, int at, int stride, int mode) {
    for (int row = 0; row < 4; row++) {
      int left = row < 3 ? threefold(2 - row) : (edge[1] + 3 * edge[0] + 2) >> 2;
      for (int column = 0; column < 4; column++) {
        samples[at + row * stride + column] =
            (byte) (mode == HORIZONTAL ? left : threefold(4 + column));
      }
    }
  }

  private void horizontalUp(byte[] samples, int at, int stride) {
    int last = edge[0];
    int[] values = {
      twofold(2),
      threefold(1),
      twofold(1),
      threefold(0),
      twofold(0),
      (edge[1] + 3 * last + 2) >> 2,
      last,
      last,
      last,
      last
    };
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 4; column++) {
        samples[at + row * stride + column] = (byte) values[2 * row + column];
      }
    }
  }

  private void directional(byte[] samples, int at, int stride, int[] direction) {
    for (int i = 0; i < 16; i++) {
      int k = direction[i] >> 1;
      samples[at + (i >> 2) * stride + (i & 3)] =
          (byte) ((direction[i] & 1) == 0 ? twofold(k) : threefold(k));
    }
  }

  private int twofold(int k) {
    return (edge[k] + edge[k + 1] + 1) >> 1;
  }

  private int threefold(int k) {
    return (edge[k] + 2 * edge[k + 1] + edge[k + 2] + 2) >> 2;
  }

  private static byte clamp(int value) {
    return (byte) (value < 0 ? 0 : Math.min(value, 255));
  }
}
