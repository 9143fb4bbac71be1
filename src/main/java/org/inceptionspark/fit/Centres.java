package org.inceptionspark.fit;

import java.io.Serializable;
import org.inceptionspark.embedding.Products;

/**
 * Centres of clusters, and which of them is nearest to a vector.
 *
 * @param count how many
 * @param size floats of a centre
 * @param values {@code count x size}
 * @param squares the squared norm of each
 */
public record Centres(int count, int size, float[] values, double[] squares)
    implements Serializable {

  /**
   * @param values {@code count x size}
   */
  public static Centres of(int size, float[] values) {
    int count = values.length / size;
    double[] squares = new double[count];
    for (int centre = 0; centre < count; centre++) {
      squares[centre] = Products.best().dot(values, centre * size, values, centre * size, size);
    }
    return new Centres(count, size, values, squares);
  }

  /**
   * The nearest centre of each of a block of vectors of length one, {@code rows x size}; the first
   * of equally near ones. What float32 cannot decide is compared in float64, so that every vector
   * width gives the same.
   */
  public int[] nearest(float[] block, int rows) {
    float[] products = new float[rows * count];
    Products.best().products(block, rows, values, count, size, products);
    int[] nearest = new int[rows];
    for (int row = 0; row < rows; row++) {
      nearest[row] = nearest(block, row, products);
    }
    return nearest;
  }

  private int nearest(float[] block, int row, float[] products) {
    double bound = Products.errorBound(size);
    double farthest = Double.POSITIVE_INFINITY; // at most, of the nearest centre
    for (int centre = 0; centre < count; centre++) {
      double distance = squares[centre] - 2.0 * products[row * count + centre];
      farthest = Math.min(farthest, distance + 2 * bound * Math.sqrt(squares[centre]));
    }
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int centre = 0; centre < count; centre++) {
      double distance = squares[centre] - 2.0 * products[row * count + centre];
      if (distance - 2 * bound * Math.sqrt(squares[centre]) <= farthest) {
        double exact = squares[centre] - 2 * dot(block, row, centre);
        if (exact < least) {
          least = exact;
          nearest = centre;
        }
      }
    }
    return nearest;
  }

  private double dot(float[] block, int row, int centre) {
    return Products.best().dot(block, row * size, values, centre * size, size);
  }
}
