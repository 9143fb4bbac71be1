package org.inceptionspark.image.jpeg.sample;

import org.inceptionspark.kernels.VectorApi;

/**
 * The arithmetic on samples, for many MCUs at once: element {@code i} of every row of numbers
 * belongs to the same MCU, so that a step is one straight loop. All of it is on 32-bit integers,
 * and gives the same bits in every implementation.
 *
 * <p>Rows are given by array and offset; {@code lanes} is a multiple of {@link #STEP}. Rows that
 * are written and rows that are read may be the same, but not overlap otherwise.
 */
public interface LaneMath {
  /** No vector has more lanes. */
  int STEP = 16;

  /** Fraction bits of the inverse DCT before the rounding of a pass, by samples a side. */
  static int fraction(int size) {
    return switch (size) {
      case 8 -> 13;
      case 4 -> 14;
      default -> 15;
    };
  }

  /** Bits by which the first pass leaves its results larger. */
  int EXTRA = 2;

  /**
   * One dimension of the inverse DCT of eight points, by libjpeg's accurate integer method (after
   * Loeffler, Ligtenberg and Moschytz, 1989): {@code in + u * inStep} to {@code out + x * outStep},
   * divided by {@code 1 << shift} and rounded.
   */
  void transform8(
      int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift);

  /** The same of eight points to four, of the lower frequencies: half the size. */
  void transform4(
      int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift);

  /** The same of eight points to two. */
  void transform2(
      int[] from, int in, int inStep, int[] to, int out, int outStep, int lanes, int shift);

  /** Divides by {@code 1 << shift} and rounds: a block's mean level for the block. */
  void round(int[] numbers, int at, int lanes, int shift);

  /**
   * Turns results of the second pass into samples: ten bits of each number count, as in libjpeg's
   * range limit table; 128 is added and the result clamped to 0 and 255.
   */
  void limit(int[] numbers, int at, int step, int rows, int lanes);

  /** {@code (3 * near + far + bias) >> shift}. */
  void blend(
      int[] near,
      int nearAt,
      int[] far,
      int farAt,
      int bias,
      int shift,
      int[] to,
      int at,
      int lanes);

  /** Y, Cb, Cr (JFIF) to {@code R | G << 8 | B << 16}. */
  void yccToRgb(
      int[] y, int yAt, int[] cb, int cbAt, int[] cr, int crAt, int[] to, int at, int lanes);

  /** Three samples to {@code first | second << 8 | third << 16}. */
  void join(
      int[] first,
      int firstAt,
      int[] second,
      int secondAt,
      int[] third,
      int thirdAt,
      int[] to,
      int at,
      int lanes);

  /** Inverts results of {@link #yccToRgb} or {@link #join}: 255 minus each. */
  void invert(int[] pixels, int at, int lanes);

  /** Puts a fourth sample above three joined ones. */
  void insertFourth(int[] fourth, int fourthAt, int[] pixels, int at, int lanes);

  /** Each of three joined samples times {@code key / 255}, rounded. */
  void multiply(int[] pixels, int at, int[] key, int keyAt, int lanes);

  /**
   * Four columns of joined pixels to three columns of four bytes each, which is their order in
   * interleaved RGB. The columns are {@code step} apart; the fourth is left as it is.
   */
  void pack(int[] pixels, int at, int step, int lanes);

  /** The fastest that this JVM has. */
  static LaneMath best() {
    return Best.MATH;
  }

  /** Chosen once per JVM. */
  final class Best {
    static final LaneMath MATH =
        VectorApi.obstacle().isEmpty() ? VectorLaneMath.create() : new ScalarLaneMath();

    private Best() {}
  }
}
