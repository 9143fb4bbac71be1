package org.inceptionspark.image.jpeg.sample;

import org.inceptionspark.image.jpeg.scan.Coefficients;

/** Turns a strip's coefficients into samples, in place. */
final class StripTransform {
  /** Lanes at a time, so that intermediate values stay in the first-level cache. */
  private static final int CHUNK = 64;

  /** Coefficients a side of a block. */
  private static final int BLOCK = 8;

  private final LaneMath math;
  private final StripLayout layout;
  private final int[] work = new int[Coefficients.OF_BLOCK * CHUNK];

  StripTransform(LaneMath math, StripLayout layout) {
    this.math = math;
    this.layout = layout;
  }

  private interface Pass {
    void run(int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift);
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
        apply(strip.numbers, base + lane, lanes, plane.size(), needed, row);
      }
    }
    strip.patch(plane);
  }

  private void apply(int[] numbers, int base, int lanes, int size, boolean[] needed, int firstRow) {
    switch (size) {
      case 8 -> passes(math::transform8, numbers, base, lanes, size, needed, firstRow);
      case 4 -> passes(math::transform4, numbers, base, lanes, size, needed, firstRow);
      case 2 -> passes(math::transform2, numbers, base, lanes, size, needed, firstRow);
      default -> {
        math.round(numbers, base, lanes, 3);
        math.limit(numbers, base, layout.step, 1, lanes);
      }
    }
  }

  /** All columns, then the rows that are needed. */
  private void passes(
      Pass pass, int[] numbers, int base, int lanes, int size, boolean[] needed, int firstRow) {
    int step = layout.step;
    int first = LaneMath.fraction(size) - LaneMath.EXTRA;
    int second = LaneMath.fraction(size) + LaneMath.EXTRA + 3;
    for (int x = 0; x < BLOCK; x++) {
      int column = base + x * step;
      pass.run(numbers, column, BLOCK * step, work, x * CHUNK, BLOCK * CHUNK, lanes, first);
    }
    for (int y = 0; y < size; y++) {
      if (needed[firstRow + y]) {
        int row = base + size * y * step;
        pass.run(work, BLOCK * y * CHUNK, CHUNK, numbers, row, step, lanes, second);
        math.limit(numbers, row, step, size, lanes);
      }
    }
  }
}
