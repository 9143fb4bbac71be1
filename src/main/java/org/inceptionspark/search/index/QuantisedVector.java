package org.inceptionspark.search.index;

/**
 * A unit vector with one byte per element: approximately {@code vector[i] = scale * values[i]}.
 *
 * @param scale of this vector
 * @param values from -127 to 127
 */
record QuantisedVector(float scale, byte[] values) {
  private static final int LARGEST = 127;

  static QuantisedVector of(float[] unit) {
    float largest = 0;
    for (float value : unit) {
      largest = Math.max(largest, Math.abs(value));
    }
    float scale = largest / LARGEST;
    byte[] values = new byte[unit.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.round(unit[i] / scale);
    }
    return new QuantisedVector(scale, values);
  }

  /**
   * A query as integers small enough for sums over a vector to be exact, and so the same on every
   * machine.
   */
  static final class Comparison implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] query;
    private final double scale;

    Comparison(float[] unit) {
      int most = (int) Math.min(32767, Integer.MAX_VALUE / LARGEST / unit.length);
      float largest = 0;
      for (float value : unit) {
        largest = Math.max(largest, Math.abs(value));
      }
      scale = (double) largest / most;
      query = new int[unit.length];
      for (int i = 0; i < query.length; i++) {
        query[i] = (int) Math.round(unit[i] / scale);
      }
    }

    /** The approximate cosine similarity. */
    double similarity(float codeScale, byte[] values) {
      int sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += query[i] * values[i];
      }
      return sum * scale * codeScale;
    }
  }
}
