package org.inceptionspark.learn;

/**
 * Matrix products in float64, column-major as in BLAS, by plain loops: each element is one sum in
 * one order. A BLAS would give other bits with another vector width, or with a native library.
 */
final class MatrixProducts {
  private MatrixProducts() {}

  /**
   * {@code c += a b'}.
   *
   * @param a {@code m x depth} from {@code aOffset} on, columns {@code pitch} apart
   * @param b {@code n x depth} from {@code bOffset} on, columns {@code pitch} apart
   * @param c {@code m x n}, columns {@code cPitch} apart
   */
  static void addTransposed(
      double[] a,
      int aOffset,
      double[] b,
      int bOffset,
      int pitch,
      int m,
      int n,
      int depth,
      double[] c,
      int cPitch) {
    for (int column = 0; column < n; column++) {
      for (int k = 0; k < depth; k++) {
        add(a, aOffset + k * pitch, b[bOffset + k * pitch + column], c, column * cPitch, m);
      }
    }
  }

  /** {@code a b}, of {@code m x depth} and {@code depth x n}. */
  static double[] product(double[] a, double[] b, int m, int depth, int n) {
    double[] c = new double[m * n];
    for (int column = 0; column < n; column++) {
      for (int k = 0; k < depth; k++) {
        add(a, k * m, b[column * depth + k], c, column * m, m);
      }
    }
    return c;
  }

  /** {@code a' b}, of {@code depth x m} and {@code depth x n}. */
  static double[] transposedProduct(double[] a, double[] b, int depth, int m, int n) {
    return product(transposed(a, depth, m), b, m, depth, n);
  }

  private static double[] transposed(double[] a, int rows, int columns) {
    double[] transposed = new double[a.length];
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        transposed[row * columns + column] = a[column * rows + row];
      }
    }
    return transposed;
  }

  /** {@code c[i] += factor * a[i]} for {@code length} elements; the JIT vectorises it. */
  static void add(double[] a, int aOffset, double factor, double[] c, int cOffset, int length) {
    for (int i = 0; i < length; i++) {
      c[cOffset + i] += factor * a[aOffset + i];
    }
  }
}
