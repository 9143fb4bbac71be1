package org.inceptionspark.embedding;

/** The readable reference for {@link VectorProducts}, in plain loops. */
final class ScalarProducts implements Products {
  @Override
  public double dot(float[] left, int leftOffset, float[] right, int rightOffset, int size) {
    double[] lanes = new double[LANES];
    addTail(left, leftOffset, right, rightOffset, 0, size, lanes);
    return Products.sum(lanes);
  }

  @Override
  public double[] dotAndSquare(float[] vector, float[] other) {
    return new double[] {dot(vector, other), dot(vector, vector)};
  }

  /** Adds the products from an index on, a multiple of the lanes. */
  static void addTail(
      float[] left, int l, float[] right, int r, int from, int size, double[] lanes) {
    for (int i = from; i < size; i++) {
      lanes[i % LANES] += (double) left[l + i] * right[r + i];
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
