package org.inceptionspark.learn;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import org.netlib.util.intW;

/** Linear algebra of covariances: symmetric, positive semidefinite, n by n, both triangles. */
final class SymmetricMatrices {
  private static final int LAPACK_BLOCK = 32;

  private SymmetricMatrices() {}

  /**
   * LAPACK in Java. It initialises constants on first use without a lock, so it is called under the
   * class's.
   */
  private static final class Lapack {
    static final LAPACK INSTANCE = prepared();

    private static LAPACK prepared() {
      LAPACK lapack = JavaLAPACK.getInstance();
      lapack.dlamch("E");
      return lapack;
    }
  }

  /**
   * The trace of the square root of the product of two covariances. With a = g g', the product has
   * the eigenvalues of g' b g, and zeros; and g' b g is symmetric.
   */
  static double traceOfRootOfProduct(double[] a, double[] b, int n) {
    Factor factor = factor(a, n);
    int rank = factor.rank;
    double[] bg = MatrixProducts.product(b, factor.columns, n, n, rank);
    double[] inner = MatrixProducts.transposedProduct(factor.columns, bg, n, rank, rank);
    double trace = 0;
    for (double eigenvalue : eigenvalues(inner, rank)) {
      trace += Math.sqrt(Math.max(0, eigenvalue)); // rounding makes zeros negative
    }
    return trace;
  }

  /** Columns g, n by rank, with g g' the matrix. */
  record Factor(double[] columns, int rank) {}

  /**
   * Pivoted Cholesky, up to where only rounding errors are left: covariances of fewer images than
   * dimensions are singular.
   */
  static Factor factor(double[] matrix, int n) {
    double[] left = new double[n]; // the diagonal of what is not yet factored
    double largest = 0;
    for (int i = 0; i < n; i++) {
      left[i] = matrix[i * n + i];
      largest = Math.max(largest, left[i]);
    }
    double least = n * Math.ulp(1.0) * largest;
    double[] columns = new double[n * n];
    int rank = 0;
    for (; rank < n; rank++) {
      int pivot = indexOfLargest(left);
      if (left[pivot] <= least) {
        break;
      }
      int column = rank * n;
      System.arraycopy(matrix, pivot * n, columns, column, n);
      for (int before = 0; before < rank; before++) {
        double factor = -columns[before * n + pivot];
        MatrixProducts.add(columns, before * n, factor, columns, column, n);
      }
      double scale = 1 / Math.sqrt(left[pivot]);
      for (int i = 0; i < n; i++) {
        columns[column + i] *= scale;
        left[i] -= columns[column + i] * columns[column + i];
      }
      left[pivot] = Double.NEGATIVE_INFINITY;
    }
    return new Factor(columns, rank);
  }

  private static int indexOfLargest(double[] values) {
    int index = 0;
    for (int i = 1; i < values.length; i++) {
      index = values[i] > values[index] ? i : index;
    }
    return index;
  }

  /** All eigenvalues, ascending. The matrix is overwritten. */
  static double[] eigenvalues(double[] matrix, int n) {
    double[] values = new double[n];
    if (n > 0) {
      solve("N", matrix, n, values);
    }
    return values;
  }

  /** All eigenvalues, ascending; the matrix is overwritten with the eigenvectors as columns. */
  static double[] eigenvectors(double[] matrix, int n) {
    double[] values = new double[n];
    solve("V", matrix, n, values);
    return values;
  }

  private static void solve(String wanted, double[] matrix, int n, double[] values) {
    double[] work = new double[(LAPACK_BLOCK + 2) * n];
    intW info = new intW(0);
    Lapack.INSTANCE.dsyev(wanted, "U", n, matrix, n, values, work, work.length, info);
    if (info.val != 0) {
      throw new ArithmeticException("dsyev found no eigenvalues: info " + info.val);
    }
  }
}
