package org.inceptionspark.search.index;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.inceptionspark.embedding.Products;
import org.inceptionspark.fit.Centres;

/**
 * The coarse cells of an index: each unit vector belongs to the nearest centroid.
 *
 * @param count number of cells
 * @param size floats of a centroid
 * @param centroids {@code count x size}
 */
public record Centroids(int count, int size, float[] centroids) implements Serializable {

  static Centroids of(Centres centres) {
    return new Centroids(centres.count(), centres.size(), centres.values());
  }

  /** The nearest cell for each unit vector of a block, {@code rows x size}. */
  public int[] nearest(float[] block, int rows) {
    return Centres.of(size, centroids).nearest(block, rows);
  }

  /** The cells nearest to a unit vector, nearest first. */
  public int[] nearest(float[] unit, Probes probes) {
    float[] products = new float[count];
    Products.best().products(unit, 1, centroids, count, size, products);
    double[] squares = Centres.of(size, centroids).squares();
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingDouble(cell -> squares[cell] - 2 * products[cell]))
        .limit(probes.of(count))
        .mapToInt(Integer::intValue)
        .toArray();
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
