package org.inceptionspark.image.webp;

import java.util.Arrays;

/** The coefficients of macroblocks (RFC 6386, section 13), dequantized. */
final class Vp8Residue {
  static final int LUMA_BLOCKS = 16;
  static final int BLOCKS = 24;

  private static final int AFTER_SECOND_ORDER = 0;
  private static final int SECOND_ORDER = 1;
  private static final int CHROMA = 2;
  private static final int WHOLE_LUMA = 3;

  private static final int PER_BAND = 3 * Vp8Tables.PROBABILITIES;
  private static final int PER_TYPE = 8 * PER_BAND;

  /** 16 luma blocks, 4 of U, 4 of V; 16 coefficients each. */
  final short[] coefficients = new short[16 * BLOCKS];

  private final int[] probabilities;
  private final Vp8Transform transform;
  private final short[] second = new short[16];

  // Which blocks had coefficients: of the macroblocks above (4 luma, 2 U, 2 V, second order), and
  // of the one to the left.
  private final boolean[][] above;
  private final boolean[] left = new boolean[9];

  Vp8Residue(int[] probabilities, int macroblockColumns, Vp8Transform transform) {
    this.probabilities = probabilities;
    this.transform = transform;
    this.above = new boolean[macroblockColumns][9];
  }

  void startRow() {
    Arrays.fill(left, false);
  }

  /** Handles a macroblock without coefficients. One predicted in sub-blocks has no second order. */
  void skip(int column, boolean hasSecondOrder) {
    int count = hasSecondOrder ? 9 : 8;
    Arrays.fill(above[column], 0, count, false);
    Arrays.fill(left, 0, count, false);
  }

  /**
   * Reads a macroblock's coefficients.
   *
   * @param steps of the segment, see {@link Vp8Header#steps}
   * @return false if all blocks turn out to be empty
   */
  boolean read(Vp8Bits bits, int column, boolean hasSecondOrder, int[] steps) {
    Arrays.fill(coefficients, (short) 0);
    boolean[] top = above[column];
    boolean any = false;
    int type = WHOLE_LUMA;
    int first = 0;
    if (hasSecondOrder) {
      Arrays.fill(second, (short) 0);
      int end = block(bits, SECOND_ORDER, context(top, 8, 8), 0, steps, 2, second, 0);
      top[8] = left[8] = end > 0;
      transform.spread(second, coefficients);
      type = AFTER_SECOND_ORDER;
      first = 1;
    }
    for (int i = 0; i < LUMA_BLOCKS; i++) {
      int x = i & 3;
      int y = i >> 2;
      int end = block(bits, type, context(top, x, y), first, steps, 0, coefficients, 16 * i);
      top[x] = left[y] = end > first;
      any |= end > 1 || coefficients[16 * i] != 0;
    }
    for (int i = LUMA_BLOCKS; i < BLOCKS; i++) {
      int plane = i < LUMA_BLOCKS + 4 ? 4 : 6;
      int x = plane + (i & 1);
      int y = plane + (i >> 1 & 1);
      int end = block(bits, CHROMA, context(top, x, y), 0, steps, 4, coefficients, 16 * i);
      top[x] = left[y] = end > 0;
      any |= end > 1 || coefficients[16 * i] != 0;
    }
    return any;
  }

  private int context(boolean[] top, int x, int y) {
    return (top[x] ? 1 : 0) + (left[y] ? 1 : 0);
  }

  /** Reads one block from coefficient {@code first} on; returns one more than its last index. */
  private int block(
      Vp8Bits bits, int type, int context, int first, int[] steps, int step, short[] out, int at) {
    int n = first;
    int p = at(type, n, context);
    while (n < 16) {
      if (bits.bit(probabilities[p]) == 0) {
        return n;
      }
      while (bits.bit(probabilities[p + 1]) == 0) {
        n++;
        if (n == 16) {
          return 16;
        }
        p = at(type, n, 0);
      }
      int value = 1;
      if (bits.bit(probabilities[p + 2]) != 0) {
        value = large(bits, p);
      }
      int index = n;
      n++;
      p = at(type, n, value == 1 ? 1 : 2);
      int signed = bits.flag() ? -value : value;
      out[at + Vp8Tables.ZIGZAG[index]] = (short) (signed * steps[step + (index > 0 ? 1 : 0)]);
    }
    return 16;
  }

  private static int at(int type, int n, int context) {
    return type * PER_TYPE + Vp8Tables.BANDS[n] * PER_BAND + context * Vp8Tables.PROBABILITIES;
  }

  /** A value of two or more. */
  private int large(Vp8Bits bits, int p) {
    if (bits.bit(probabilities[p + 3]) == 0) {
      return bits.bit(probabilities[p + 4]) == 0 ? 2 : 3 + bits.bit(probabilities[p + 5]);
    }
    if (bits.bit(probabilities[p + 6]) == 0) {
      if (bits.bit(probabilities[p + 7]) == 0) {
        return 5 + bits.bit(159);
      }
      int high = bits.bit(165);
      return 7 + 2 * high + bits.bit(145);
    }
    int high = bits.bit(probabilities[p + 8]);
    int category = 2 * high + bits.bit(probabilities[p + 9 + high]);
    int extra = 0;
    for (int probability : Vp8Tables.LARGE[category]) {
      extra = 2 * extra + bits.bit(probability);
    }
    return 3 + (8 << category) + extra;
  }
}
