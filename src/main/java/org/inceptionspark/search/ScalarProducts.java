package org.inceptionspark.search;

/** Without vectors, to be read: what {@link VectorProducts} must give. */
final class ScalarProducts implements Products {
  @Override
  public double dot(float[] left, float[] right) {
    double[] lanes = new double[LANES];
    addTail(left, right, 0, lanes);
    return Products.sum(lanes);
  }

  /** Adds the products from an index on, a multiple of the lanes. */
  static void addTail(float[] left, float[] right, int from, double[] lanes) {
    for (int i = from; i < left.length; i++) {
      lanes[i % LANES] += (double) left[i] * right[i];
    }
  }

  @Override
  public void products(
      float[] left, int leftRows, float[] right, int rightRows, int size, float[] products) {
    for (int row = 0; row < leftRows; row++) {
      for (int column = 0; column < rightRows; column++) {
        float sum = 0;
        for (int i = 0; i < size; i++) {
          sum += left[row * size + i] * right[column * size + i];
        }
        products[row * rightRows + column] = sum;
      }
    }
  }
}
