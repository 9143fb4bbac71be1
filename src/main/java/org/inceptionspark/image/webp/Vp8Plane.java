package org.inceptionspark.image.webp;

import java.util.Arrays;

/**
 * Samples of one component, with those that prediction reads beyond the picture: 127 above, 129 to
 * the left, and four columns to the right that repeat the last sample of each macroblock row.
 */
final class Vp8Plane {
  private static final byte ABOVE = 127;
  private static final byte LEFT = (byte) 129;
  private static final int RIGHT_COLUMNS = 4;

  final byte[] samples;
  final int stride;
  private final int width;

  /** A plane of whole macroblocks. */
  Vp8Plane(int width, int height) {
    this.width = width;
    this.stride = 1 + width + RIGHT_COLUMNS;
    this.samples = new byte[stride * (1 + height)];
    Arrays.fill(samples, 0, stride, ABOVE);
    for (int y = 0; y < height; y++) {
      samples[at(0, y) - 1] = LEFT;
    }
  }

  int at(int x, int y) {
    return (y + 1) * stride + 1 + x;
  }

  /** Repeats the last sample of a finished row to the right. */
  void extend(int y) {
    int end = at(width, y);
    Arrays.fill(samples, end, end + RIGHT_COLUMNS, samples[end - 1]);
  }
}
