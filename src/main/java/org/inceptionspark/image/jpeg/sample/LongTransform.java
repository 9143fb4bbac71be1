package org.inceptionspark.image.jpeg.sample;

/**
 * The inverse DCT of one block in 64 bits, as libjpeg in plain C computes it: for coefficients that
 * are too large for {@link LaneMath}.
 */
final class LongTransform {
  private static final int BLOCK = 8;

  private LongTransform() {}

  /**
   * The samples of a block.
   *
   * @param coefficients dequantized, row by row
   * @param size samples a side: 8, 4, 2 or 1
   */
  static int[] samples(int[] coefficients, int size) {
    int bits = LaneMath.fraction(size);
    long[] work = new long[BLOCK * size];
    long[] line = new long[BLOCK];
    for (int x = 0; x < BLOCK; x++) {
      for (int y = 0; y < BLOCK; y++) {
        line[y] = coefficients[BLOCK * y + x];
      }
      transform(line, size);
      for (int y = 0; y < size; y++) {
        work[BLOCK * y + x] = (int) descaled(line[y], bits - LaneMath.EXTRA);
      }
    }
    int[] samples = new int[size * size];
    for (int y = 0; y < size; y++) {
      System.arraycopy(work, BLOCK * y, line, 0, BLOCK);
      transform(line, size);
      for (int x = 0; x < size; x++) {
        int value = (int) descaled(line[x], bits + LaneMath.EXTRA + 3) << 22 >> 22;
        samples[size * y + x] = Math.max(0, Math.min(255, value + 128));
      }
    }
    return samples;
  }

  private static long descaled(long value, int bits) {
    return value + (1L << bits - 1) >> bits;
  }

  private static void transform(long[] c, int size) {
    switch (size) {
      case 8 -> transform8(c);
      case 4 -> transform4(c);
      case 2 -> transform2(c);
      default -> c[0] <<= LaneMath.fraction(size);
    }
  }

  private static void transform8(long[] c) {
    long even = (c[2] + c[6]) * 4433;
    long t2 = even - c[6] * 15137;
    long t3 = even + c[2] * 6270;
    long t0 = c[0] + c[4] << 13;
    long t1 = c[0] - c[4] << 13;
    long z1 = (c[7] + c[1]) * 7373;
    long z2 = (c[5] + c[3]) * 20995;
    long z5 = (c[7] + c[3] + c[5] + c[1]) * 9633;
    long z3 = z5 - (c[7] + c[3]) * 16069;
    long z4 = z5 - (c[5] + c[1]) * 3196;
    long s0 = c[7] * 2446 - z1 + z3;
    long s1 = c[5] * 16819 - z2 + z4;
    long s2 = c[3] * 25172 - z2 + z3;
    long s3 = c[1] * 12299 - z1 + z4;
    c[0] = t0 + t3 + s3;
    c[7] = t0 + t3 - s3;
    c[1] = t1 + t2 + s2;
    c[6] = t1 + t2 - s2;
    c[2] = t1 - t2 + s1;
    c[5] = t1 - t2 - s1;
    c[3] = t0 - t3 + s0;
    c[4] = t0 - t3 - s0;
  }

  private static void transform4(long[] c) {
    long t0 = c[0] << 14;
    long t2 = c[2] * 15137 - c[6] * 6270;
    long s0 = c[1] * 8697 - c[3] * 17799 + c[5] * 11893 - c[7] * 1730;
    long s2 = c[1] * 20995 + c[3] * 7373 - c[5] * 4926 - c[7] * 4176;
    c[0] = t0 + t2 + s2;
    c[3] = t0 + t2 - s2;
    c[1] = t0 - t2 + s0;
    c[2] = t0 - t2 - s0;
  }

  private static void transform2(long[] c) {
    long t0 = c[0] << 15;
    long s0 = c[1] * 29692 - c[3] * 10426 + c[5] * 6967 - c[7] * 5906;
    c[0] = t0 + s0;
    c[1] = t0 - s0;
  }
}
