package org.inceptionspark.image.jpeg.scan;

/** The order in which a JPEG stores the coefficients of a block (ISO/IEC 10918-1, figure A.6). */
public final class ZigZag {
  /** For each coefficient in zigzag order, its index in the block, row by row. */
  public static final int[] NATURAL = natural();

  private ZigZag() {}

  private static int[] natural() {
    int[] natural = new int[64];
    int next = 0;
    for (int diagonal = 0; diagonal < 15; diagonal++) {
      int from = Math.max(0, diagonal - 7);
      int to = Math.min(7, diagonal);
      for (int i = from; i <= to; i++) {
        int row = diagonal % 2 == 0 ? diagonal - i : i;
        natural[next++] = 8 * row + diagonal - row;
      }
    }
    return natural;
  }
}
