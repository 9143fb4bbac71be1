package org.inceptionspark.search.index;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.inceptionspark.search.vector.Products;

/**
 * The coarse cells of an index: each unit vector belongs to the nearest centroid.
 *
 * @param count how many
 * @param size floats of a centroid
 * @param centroids {@code count x size}
 */
public record Centroids(int count, int size, float[] centroids) implements Serializable {

  /** The nearest cell of each of a block of unit vectors, {@code rows x size}. */
  public int[] nearest(float[] block, int rows) {
    float[] products = new float[rows * count];
    Products.best().products(block, rows, centroids, count, size, products);
    double[] squares = squaredNorms();
    int[] nearest = new int[rows];
    for (int row = 0; row < rows; row++) {
      double least = Double.POSITIVE_INFINITY;
      for (int cell = 0; cell < count; cell++) {
        double distance = squares[cell] - 2 * products[row * count + cell];
        if (distance < least) {
          least = distance;
          nearest[row] = cell;
        }
      }
    }
    return nearest;
  }

  /** The cells nearest to a unit vector, nearest first. */
  public int[] nearest(float[] unit, Probes probes) {
    float[] products = new float[count];
    Products.best().products(unit, 1, centroids, count, size, products);
    double[] squares = squaredNorms();
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingDouble(cell -> squares[cell] - 2 * products[cell]))
        .limit(probes.of(count))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private double[] squaredNorms() {
    double[] squares = new double[count];
    for (int cell = 0; cell < count; cell++) {
      for (int i = 0; i < size; i++) {
        double value = centroids[cell * size + i];
        squares[cell] += value * value;
      }
    }
    return squares;
  }

  /** Little-endian float32, {@code count x size}. */
  byte[] toBytes() {
    ByteBuffer bytes = buffer(new byte[centroids.length * Float.BYTES]);
    bytes.asFloatBuffer().put(centroids);
    return bytes.array();
  }

  static Centroids of(byte[] bytes, int size) {
    float[] centroids = new float[bytes.length / Float.BYTES];
    buffer(bytes).asFloatBuffer().get(centroids);
    return new Centroids(centroids.length / size, size, centroids);
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
