package org.inceptionspark.fit;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.inceptionspark.embedding.Products;

/**
 * Chooses points that are far from each other, by k-means++: the first at random, each further one
 * with a probability proportional to its squared distance from the nearest already chosen.
 */
final class CentreChoice {
  private final float[][] points;
  private final SplittableRandom random;
  private final double[] squares;
  private final double[] distances;

  CentreChoice(float[][] points, long seed) {
    this.points = points;
    this.random = new SplittableRandom(seed);
    this.squares = new double[points.length];
    this.distances = new double[points.length];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int i = 0; i < points.length; i++) {
      squares[i] = Products.best().dot(points[i], points[i]);
    }
  }

  /** The wanted number of points, or fewer if fewer differ. */
  Centres choose(int k) {
    int size = points[0].length;
    float[] centres = new float[Math.min(k, points.length) * size];
    int next = random.nextInt(points.length);
    int chosen = 0;
    while (next >= 0 && chosen * size < centres.length) {
      System.arraycopy(points[next], 0, centres, chosen++ * size, size);
      next = drawn(updated(next));
    }
    return Centres.of(size, Arrays.copyOf(centres, chosen * size));
  }

  /** The sum of all squared distances if this point is chosen too. */
  private double updated(int chosen) {
    double total = 0;
    for (int i = 0; i < points.length; i++) {
      double distance =
          squares[i] + squares[chosen] - 2 * Products.best().dot(points[i], points[chosen]);
      distances[i] = i == chosen ? 0 : Math.min(distances[i], Math.max(0, distance));
      total += distances[i];
    }
    return total;
  }

  private int drawn(double total) {
    double place = random.nextDouble() * total;
    int last = -1;
    for (int i = 0; i < points.length; i++) {
      if (distances[i] > 0) {
        last = i;
        place -= distances[i];
        if (place < 0) {
          return i;
        }
      }
    }
    return last;
  }
}
