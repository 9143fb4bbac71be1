package org.inceptionspark.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTest {
  private final Products scalar = new ScalarProducts();
  private final Products best = Products.best();
  private final SplittableRandom random = new SplittableRandom(1);

  private float[] vector(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 15, 16, 17, 33, 128, 1000, 2048})
  void theInnerProductHasTheSameBitsWithAndWithoutVectors(int size) {
    assertThat(best).isInstanceOf(VectorProducts.class);
    float[] left = vector(size + 3);
    float[] right = vector(size + 5);
    double product = best.dot(left, 3, right, 5, size);
    assertThat(product).isEqualTo(scalar.dot(left, 3, right, 5, size));
    double inOrder = 0;
    for (int i = 0; i < size; i++) {
      inOrder += (double) left[3 + i] * right[5 + i];
    }
    assertThat(product).isCloseTo(inOrder, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 2048})
  void onePassGivesTheBitsOfTwo(int size) {
    float[] vector = vector(size);
    float[] other = vector(size);
    for (Products products : new Products[] {best, scalar}) {
      assertThat(products.dotAndSquare(vector, other))
          .containsExactly(scalar.dot(vector, other), scalar.dot(vector, vector));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 40, 2048})
  void narrowerVectorsGiveTheSameBits(int size) {
    float[] left = vector(size);
    float[] right = vector(size);
    int whole = size / Products.LANES * Products.LANES;
    double[] lanes = new double[Products.LANES];
    VectorProducts.dot256(left, 0, right, 0, whole, lanes);
    ScalarProducts.addTail(left, 0, right, 0, whole, size, lanes);
    assertThat(Products.sum(lanes)).isEqualTo(scalar.dot(left, right));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 100, 2048})
  void blocksStayWithinTheirErrorBound(int size) {
    for (Products products : new Products[] {best, scalar}) {
      int rows = 7;
      int columns = 5;
      float[] left = vector(rows * size);
      float[] right = vector(columns * size);
      float[] found = new float[rows * columns];
      products.products(left, rows, right, columns, size, found);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          double norms =
              Math.sqrt(
                  scalar.dot(left, row * size, left, row * size, size)
                      * scalar.dot(right, column * size, right, column * size, size));
          assertThat((double) found[row * columns + column])
              .isCloseTo(
                  scalar.dot(left, row * size, right, column * size, size),
                  within(norms * Products.errorBound(size)));
        }
      }
    }
  }
}
