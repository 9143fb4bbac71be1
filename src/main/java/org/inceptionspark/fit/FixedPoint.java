package org.inceptionspark.fit;

import java.io.Serializable;

/**
 * Sums whose result does not depend on the order of their terms: each term is rounded to a multiple
 * of a power of two, and multiples are added as integers. So rows may be in any number of
 * partitions, and tasks may end in any order.
 *
 * @param fraction binary digits after the point
 */
record FixedPoint(int fraction) implements Serializable {
  private static final int DIGITS = 62;
  private static final int MOST_FRACTION = 50;

  /** The finest that allows sums of this many terms, none of which exceeds the bound. */
  static FixedPoint forSums(long terms, double bound) {
    int whole = Math.getExponent(Math.max(1, bound)) + 1;
    int count = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, terms));
    return new FixedPoint(Math.min(MOST_FRACTION, DIGITS - whole - count));
  }

  /** One, as an integer. */
  double unit() {
    return Math.scalb(1.0, fraction);
  }

  long of(double value) {
    return (long) Math.rint(value * unit());
  }

  /** Adds {@code factor * values[i]} to each sum, rounded to the unit. */
  void add(long[] sums, int offset, double factor, float[] values) {
    double scaled = factor * unit();
    for (int i = 0; i < values.length; i++) {
      sums[offset + i] += (long) Math.rint(scaled * values[i]);
    }
  }

  double value(long sum) {
    return sum / unit();
  }

  /** The sums of two partitions, in the first. */
  static long[] merge(long[] sums, long[] others) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += others[i];
    }
    return sums;
  }
}
