package org.inceptionspark.embedding;

import java.util.Optional;
import java.util.logging.Logger;
import org.inceptionspark.kernels.VectorApi;

/** Inner products of vectors of floats. Implementations are immutable and safe for all threads. */
public interface Products {
  /**
   * The partial sums of {@link #dot}: lane {@code j} sums elements {@code j}, {@code j + 16}, ...
   */
  int LANES = 16;

  /**
   * The inner product in float64: products are exact, and the sixteen partial sums, added in pairs,
   * are the same on every machine.
   */
  double dot(float[] left, int leftOffset, float[] right, int rightOffset, int size);

  /**
   * {@link #dot} of a vector with another and with itself, in one pass over it; the same bits.
   *
   * @return both, in this order
   */
  double[] dotAndSquare(float[] vector, float[] other);

  /** The same for whole arrays of equal length. */
  default double dot(float[] left, float[] right) {
    return dot(left, 0, right, 0, left.length);
  }

  /**
   * All inner products of two blocks in float32: fast, and within {@link #errorBound} times the
   * vectors' norms of {@link #dot}.
   *
   * @param left {@code leftRows x size}
   * @param right {@code rightRows x size}
   * @param products {@code leftRows x rightRows}
   */
  void products(
      float[] left, int leftRows, float[] right, int rightRows, int size, float[] products);

  /** The fastest that this JVM has. */
  static Products best() {
    return Best.PRODUCTS;
  }

  /** The largest error of {@link #products} for two vectors of norm one. */
  static double errorBound(int size) {
    return (size + 8) * 0x1p-24 * 1.01;
  }

  /** Adds the partial sums in pairs, the upper half to the lower. */
  static double sum(double[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int j = 0; j < half; j++) {
        lanes[j] += lanes[j + half];
      }
    }
    return lanes[0];
  }

  /** Chosen once per JVM; logs what slows it down. */
  final class Best {
    private static final Logger LOG = Logger.getLogger(Products.class.getName());

    static final Products PRODUCTS = choose();

    private Best() {}

    private static Products choose() {
      Optional<String> obstacle = VectorApi.obstacle();
      if (obstacle.isEmpty()) {
        return VectorProducts.create();
      }
      LOG.warning("search: scalar, some times slower than vectors; " + obstacle.get());
      return new ScalarProducts();
    }
  }
}
