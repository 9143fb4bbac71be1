package org.inceptionspark.image.jpeg.sample;

import org.inceptionspark.image.jpeg.scan.Coefficients;

/** Turns a strip's coefficients into samples, in place. */
final class StripTransform {
  /** Lanes at a time, so that what is between the passes stays in the first cache. */
  private static final int CHUNK = 64;

  private static final int FIRST = LaneMath.FRACTION - LaneMath.EXTRA;
  private static final int SECOND = LaneMath.FRACTION + LaneMath.EXTRA + 3;

  private final LaneMath math;
  private final StripLayout layout;
  private final int[] work = new int[Coefficients.OF_BLOCK * CHUNK];

  StripTransform(LaneMath math, StripLayout layout) {
    this.math = math;
    this.layout = layout;
  }

  /**
   * Transforms all blocks of a component.
   *
   * @param needed for each of its sample rows in an MCU, whether it is read; others are left
   *     undefined
   */
  void apply(Strip strip, StripPlane plane, boolean[] needed) {
    int blocks = plane.h() * plane.v();
    for (int block = 0; block < blocks; block++) {
      int row = block / plane.h() * plane.size();
      int base = strip.base(plane.firstBlock() + block, 0);
      for (int lane = 0; lane < layout.lanes; lane += CHUNK) {
        int lanes = Math.min(CHUNK, layout.lanes - lane);
        transform8(strip.numbers, base + lane, lanes, needed, row);
      }
    }
    strip.patch(plane);
  }

  private void transform8(int[] numbers, int base, int lanes, boolean[] needed, int firstRow) {
    int step = layout.step;
    for (int x = 0; x < 8; x++) {
      math.transform8(numbers, base + x * step, 8 * step, work, x * CHUNK, 8 * CHUNK, lanes, FIRST);
    }
    for (int y = 0; y < 8; y++) {
      if (needed[firstRow + y]) {
        math.transform8(
            work, 8 * y * CHUNK, CHUNK, numbers, base + 8 * y * step, step, lanes, SECOND);
        math.limit(numbers, base + 8 * y * step, step, 8, lanes);
      }
    }
  }
}
