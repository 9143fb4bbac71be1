package org.inceptionspark.image.webp;

/**
 * Distances of copies: the first 120 codes are neighbouring pixels, nearest first; all others count
 * backwards in reading order (RFC 9649, section 3.6.2.2).
 */
final class Vp8lDistances {
  /** Pairs of columns to the left and rows up. */
  private static final byte[] NEIGHBOURS = {
    0, 1, 1, 0, 1, 1, -1, 1, 0, 2, 2, 0, 1, 2, -1, 2, 2, 1, -2, 1, 2, 2, -2, 2, 0, 3, 3, 0, 1, 3,
    -1, 3, 3, 1, -3, 1, 2, 3, -2, 3, 3, 2, -3, 2, 0, 4, 4, 0, 1, 4, -1, 4, 4, 1, -4, 1, 3, 3, -3, 3,
    2, 4, -2, 4, 4, 2, -4, 2, 0, 5, 3, 4, -3, 4, 4, 3, -4, 3, 5, 0, 1, 5, -1, 5, 5, 1, -5, 1, 2, 5,
    -2, 5, 5, 2, -5, 2, 4, 4, -4, 4, 3, 5, -3, 5, 5, 3, -5, 3, 0, 6, 6, 0, 1, 6, -1, 6, 6, 1, -6, 1,
    2, 6, -2, 6, 6, 2, -6, 2, 4, 5, -4, 5, 5, 4, -5, 4, 3, 6, -3, 6, 6, 3, -6, 3, 0, 7, 7, 0, 1, 7,
    -1, 7, 5, 5, -5, 5, 7, 1, -7, 1, 4, 6, -4, 6, 6, 4, -6, 4, 2, 7, -2, 7, 7, 2, -7, 2, 3, 7, -3,
    7, 7, 3, -7, 3, 5, 6, -5, 6, 6, 5, -6, 5, 8, 0, 4, 7, -4, 7, 7, 4, -7, 4, 8, 1, 8, 2, 6, 6, -6,
    6, 8, 3, 5, 7, -5, 7, 7, 5, -7, 5, 8, 4, 6, 7, -6, 7, 7, 6, -7, 6, 8, 5, 7, 7, -7, 7, 8, 6, 8, 7
  };

  private static final int COUNT = NEIGHBOURS.length / 2;

  private Vp8lDistances() {}

  /** The distance in pixels, at least 1, of a code, which counts from 1. */
  static int pixels(int number, int width) {
    if (number > COUNT) {
      return number - COUNT;
    }
    int left = NEIGHBOURS[2 * number - 2];
    int up = NEIGHBOURS[2 * number - 1];
    return Math.max(1, up * width + left);
  }
}
