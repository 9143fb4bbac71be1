package org.inceptionspark.embedding;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.F2D;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API. The blocks of {@link #products} are 4 x 2 vectors: eight sums hide the
 * latency, and fit into sixteen registers.
 */
final class VectorProducts implements Products {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final int ROWS = 4;
  private static final int COLUMNS = 2;

  private VectorProducts() {}

  static Products create() {
    return new VectorProducts();
  }

  @Override
  public double dot(float[] left, int leftOffset, float[] right, int rightOffset, int size) {
    double[] lanes = new double[LANES];
    int whole = size / LANES * LANES;
    switch (DoubleVector.SPECIES_PREFERRED.length()) {
      case 8 -> dot512(left, leftOffset, right, rightOffset, whole, lanes);
      case 4 -> dot256(left, leftOffset, right, rightOffset, whole, lanes);
      default -> whole = 0;
    }
    ScalarProducts.addTail(left, leftOffset, right, rightOffset, whole, size, lanes);
    return Products.sum(lanes);
  }

  @Override
  public double[] dotAndSquare(float[] vector, float[] other) {
    double[] dots = new double[LANES];
    double[] squares = new double[LANES];
    int whole = vector.length / LANES * LANES;
    switch (DoubleVector.SPECIES_PREFERRED.length()) {
      case 8 -> both512(vector, other, whole, dots, squares);
      case 4 -> both256(vector, other, whole, dots, squares);
      default -> whole = 0;
    }
    ScalarProducts.addTail(vector, 0, other, 0, whole, vector.length, dots);
    ScalarProducts.addTail(vector, 0, vector, 0, whole, vector.length, squares);
    return new double[] {Products.sum(dots), Products.sum(squares)};
  }

  private static void both512(
      float[] vector, float[] other, int whole, double[] dots, double[] squares) {
    DoubleVector dot0 = DoubleVector.zero(DoubleVector.SPECIES_512);
    DoubleVector dot1 = dot0;
    DoubleVector square0 = dot0;
    DoubleVector square1 = dot0;
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector vector0 = wide512(vector, i);
      DoubleVector vector1 = wide512(vector, i + 8);
      dot0 = vector0.fma(wide512(other, i), dot0);
      dot1 = vector1.fma(wide512(other, i + 8), dot1);
      square0 = vector0.fma(vector0, square0);
      square1 = vector1.fma(vector1, square1);
    }
    dot0.intoArray(dots, 0);
    dot1.intoArray(dots, 8);
    square0.intoArray(squares, 0);
    square1.intoArray(squares, 8);
  }

  static void both256(float[] vector, float[] other, int whole, double[] dots, double[] squares) {
    dot256(vector, 0, other, 0, whole, dots);
    dot256(vector, 0, vector, 0, whole, squares);
  }

  static void dot512(float[] left, int l, float[] right, int r, int whole, double[] lanes) {
    DoubleVector sum0 = DoubleVector.zero(DoubleVector.SPECIES_512);
    DoubleVector sum1 = sum0;
    for (int i = 0; i < whole; i += LANES) {
      sum0 = wide512(left, l + i).fma(wide512(right, r + i), sum0);
      sum1 = wide512(left, l + i + 8).fma(wide512(right, r + i + 8), sum1);
    }
    sum0.intoArray(lanes, 0);
    sum1.intoArray(lanes, 8);
  }

  private static DoubleVector wide512(float[] values, int index) {
    return (DoubleVector)
        FloatVector.fromArray(FloatVector.SPECIES_256, values, index)
            .convertShape(F2D, DoubleVector.SPECIES_512, 0);
  }

  static void dot256(float[] left, int l, float[] right, int r, int whole, double[] lanes) {
    DoubleVector sum0 = DoubleVector.zero(DoubleVector.SPECIES_256);
    DoubleVector sum1 = sum0;
    DoubleVector sum2 = sum0;
    DoubleVector sum3 = sum0;
    for (int i = 0; i < whole; i += LANES) {
      sum0 = wide256(left, l + i).fma(wide256(right, r + i), sum0);
      sum1 = wide256(left, l + i + 4).fma(wide256(right, r + i + 4), sum1);
      sum2 = wide256(left, l + i + 8).fma(wide256(right, r + i + 8), sum2);
      sum3 = wide256(left, l + i + 12).fma(wide256(right, r + i + 12), sum3);
    }
    sum0.intoArray(lanes, 0);
    sum1.intoArray(lanes, 4);
    sum2.intoArray(lanes, 8);
    sum3.intoArray(lanes, 12);
  }

  private static DoubleVector wide256(float[] values, int index) {
    return (DoubleVector)
        FloatVector.fromArray(FloatVector.SPECIES_128, values, index)
            .convertShape(F2D, DoubleVector.SPECIES_256, 0);
  }

  @Override
  public void products(
      float[] left, int leftRows, float[] right, int rightRows, int size, float[] products) {
    for (int row = 0; row < leftRows; row += ROWS) {
      for (int column = 0; column < rightRows; column += COLUMNS) {
        int out = row * rightRows + column;
        if (row + ROWS <= leftRows && column + COLUMNS <= rightRows) {
          block(left, row * size, right, column * size, size, products, out, rightRows);
        } else {
          int lastRow = Math.min(row + ROWS, leftRows);
          int lastColumn = Math.min(column + COLUMNS, rightRows);
          for (int i = row; i < lastRow; i++) {
            for (int j = column; j < lastColumn; j++) {
              products[i * rightRows + j] = product(left, i * size, right, j * size, size);
            }
          }
        }
      }
    }
  }

  private static void block(
      float[] left, int l, float[] right, int r, int size, float[] out, int at, int stride) {
    FloatVector sum00 = FloatVector.zero(FLOATS);
    FloatVector sum01 = sum00;
    FloatVector sum10 = sum00;
    FloatVector sum11 = sum00;
    FloatVector sum20 = sum00;
    FloatVector sum21 = sum00;
    FloatVector sum30 = sum00;
    FloatVector sum31 = sum00;
    int whole = FLOATS.loopBound(size);
    for (int i = 0; i < whole; i += FLOATS.length()) {
      FloatVector right0 = FloatVector.fromArray(FLOATS, right, r + i);
      FloatVector right1 = FloatVector.fromArray(FLOATS, right, r + size + i);
      FloatVector left0 = FloatVector.fromArray(FLOATS, left, l + i);
      sum00 = left0.fma(right0, sum00);
      sum01 = left0.fma(right1, sum01);
      FloatVector left1 = FloatVector.fromArray(FLOATS, left, l + size + i);
      sum10 = left1.fma(right0, sum10);
      sum11 = left1.fma(right1, sum11);
      FloatVector left2 = FloatVector.fromArray(FLOATS, left, l + 2 * size + i);
      sum20 = left2.fma(right0, sum20);
      sum21 = left2.fma(right1, sum21);
      FloatVector left3 = FloatVector.fromArray(FLOATS, left, l + 3 * size + i);
      sum30 = left3.fma(right0, sum30);
      sum31 = left3.fma(right1, sum31);
    }
    out[at] = total(sum00, left, l, right, r, whole, size);
    out[at + 1] = total(sum01, left, l, right, r + size, whole, size);
    out[at + stride] = total(sum10, left, l + size, right, r, whole, size);
    out[at + stride + 1] = total(sum11, left, l + size, right, r + size, whole, size);
    out[at + 2 * stride] = total(sum20, left, l + 2 * size, right, r, whole, size);
    out[at + 2 * stride + 1] = total(sum21, left, l + 2 * size, right, r + size, whole, size);
    out[at + 3 * stride] = total(sum30, left, l + 3 * size, right, r, whole, size);
    out[at + 3 * stride + 1] = total(sum31, left, l + 3 * size, right, r + size, whole, size);
  }

  private static float product(float[] left, int l, float[] right, int r, int size) {
    FloatVector sum = FloatVector.zero(FLOATS);
    int whole = FLOATS.loopBound(size);
    for (int i = 0; i < whole; i += FLOATS.length()) {
      sum =
          FloatVector.fromArray(FLOATS, left, l + i)
              .fma(FloatVector.fromArray(FLOATS, right, r + i), sum);
    }
    return total(sum, left, l, right, r, whole, size);
  }

  private static float total(
      FloatVector sum, float[] left, int l, float[] right, int r, int from, int size) {
    float total = sum.reduceLanes(ADD);
    for (int i = from; i < size; i++) {
      total += left[l + i] * right[r + i];
    }
    return total;
  }
}
