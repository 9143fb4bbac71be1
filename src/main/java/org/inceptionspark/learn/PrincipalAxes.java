package org.inceptionspark.learn;

/**
 * The two directions of largest variance, by orthogonal iteration with a few guard vectors; a plane
 * for pictures needs no complete decomposition.
 *
 * @param mean of the vectors
 * @param axes first and second, concatenated, of length 1; the largest entry is positive
 * @param shares of the total variance
 */
record PrincipalAxes(double[] mean, double[] axes, double[] shares)
    implements java.io.Serializable {
  private static final int GUARDED = 8;
  private static final int ITERATIONS = 300;

  static PrincipalAxes of(Moments moments) {
    int n = moments.width();
    double[] covariance = moments.covariance();
    int size = Math.min(GUARDED, n);
    double[] basis = start(n, size);
    for (int i = 0; i < ITERATIONS; i++) {
      basis = MatrixProducts.product(covariance, basis, n, n, size);
      orthonormalise(basis, n, size);
    }
    return ritz(moments.mean(), covariance, basis, n, size);
  }

  /** Arbitrary start vectors, the same each time: rows of cosines. */
  private static double[] start(int n, int size) {
    double[] basis = new double[n * size];
    for (int i = 0; i < basis.length; i++) {
      basis[i] = Math.cos(1 + i * 0.7 + (double) i * i * 0.013);
    }
    orthonormalise(basis, n, size);
    return basis;
  }

  /** Gram-Schmidt, each vector twice because of rounding. */
  private static void orthonormalise(double[] basis, int n, int size) {
    for (int column = 0; column < size; column++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int before = 0; before < column; before++) {
          addScaled(basis, column, before, -dot(basis, column, before, n), n);
        }
      }
      double length = Math.sqrt(dot(basis, column, column, n));
      for (int i = 0; i < n; i++) {
        basis[column * n + i] = length > 0 ? basis[column * n + i] / length : 0;
      }
    }
  }

  private static double dot(double[] basis, int one, int other, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += basis[one * n + i] * basis[other * n + i];
    }
    return sum;
  }

  private static void addScaled(double[] basis, int target, int source, double factor, int n) {
    for (int i = 0; i < n; i++) {
      basis[target * n + i] += factor * basis[source * n + i];
    }
  }

  /** The best axes within the basis. */
  private static PrincipalAxes ritz(
      double[] mean, double[] covariance, double[] basis, int n, int size) {
    double[] image = MatrixProducts.product(covariance, basis, n, n, size);
    double[] small = MatrixProducts.transposedProduct(basis, image, n, size, size);
    double[] values = SymmetricMatrices.eigenvectors(small, size);
    double[] all = MatrixProducts.product(basis, small, n, size, size);
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += covariance[i * n + i];
    }
    double[] axes = new double[2 * n];
    double[] shares = new double[2];
    for (int axis = 0; axis < Math.min(2, size); axis++) {
      int from = size - 1 - axis;
      shares[axis] = total > 0 ? values[from] / total : 0;
      System.arraycopy(all, from * n, axes, axis * n, n);
      makePositive(axes, axis * n, n);
    }
    return new PrincipalAxes(mean, axes, shares);
  }

  /** The sign of an axis is arbitrary: its largest entry is made positive. */
  private static void makePositive(double[] axes, int from, int n) {
    int largest = from;
    for (int i = from; i < from + n; i++) {
      largest = Math.abs(axes[i]) > Math.abs(axes[largest]) ? i : largest;
    }
    double sign = axes[largest] < 0 ? -1 : 1;
    for (int i = from; i < from + n; i++) {
      axes[i] *= sign;
    }
  }

  /** A vector's coordinate on an axis, 0 or 1. */
  double along(int axis, float[] vector) {
    double sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += (vector[i] - mean[i]) * axes[axis * vector.length + i];
    }
    return sum;
  }
}
