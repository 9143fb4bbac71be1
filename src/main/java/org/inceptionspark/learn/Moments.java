package org.inceptionspark.learn;

import java.io.Serializable;
import java.util.Locale;

/**
 * Count, sum and sum of outer products of vectors, from which mean and covariance follow. Only the
 * upper triangle is kept, in square tiles: half the work and half the memory, and each tile's
 * update is a matrix product.
 */
final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Three tiles of this side fit into a core's second-level cache. */
  private static final int TILE = 128;

  private final int width;
  private long count;
  private final double[] sums;

  /** Tile (i, j), i at most j, at j (j + 1) / 2 + i; column-major, TILE by TILE. */
  private final double[][] tiles;

  Moments(int width) {
    this.width = width;
    this.sums = new double[width];
    int side = (width + TILE - 1) / TILE;
    this.tiles = new double[side * (side + 1) / 2][TILE * TILE];
  }

  /** Vectors so far. */
  long count() {
    return count;
  }

  /** Values of a vector. */
  int width() {
    return width;
  }

  /**
   * Adds vectors.
   *
   * @param vectors concatenated
   * @param rows number of vectors
   */
  void add(double[] vectors, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        sums[i] += vectors[row * width + i];
      }
    }
    count += rows;
    int tile = 0;
    for (int right = 0; right < width; right += TILE) {
      for (int left = 0; left <= right; left += TILE) {
        int m = Math.min(TILE, width - left);
        int n = Math.min(TILE, width - right);
        double[] sum = tiles[tile++];
        MatrixProducts.addTransposed(vectors, left, vectors, right, width, m, n, rows, sum, TILE);
      }
    }
  }

  /** Adds the other's vectors to these, and returns this. */
  Moments merge(Moments other) {
    if (width != other.width) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "vectors of %d and of %d values", width, other.width));
    }
    count += other.count;
    add(sums, other.sums);
    for (int tile = 0; tile < tiles.length; tile++) {
      add(tiles[tile], other.tiles[tile]);
    }
    return this;
  }

  private static void add(double[] target, double[] more) {
    for (int i = 0; i < target.length; i++) {
      target[i] += more[i];
    }
  }

  double[] mean() {
    double[] mean = sums.clone();
    for (int i = 0; i < width; i++) {
      mean[i] /= count;
    }
    return mean;
  }

  /** The unbiased covariance, width by width, both triangles. */
  double[] covariance() {
    if (count < 2) {
      throw new IllegalStateException("a covariance needs two vectors, found " + count);
    }
    double[] covariance = new double[width * width];
    for (int column = 0; column < width; column++) {
      for (int row = 0; row <= column; row++) {
        int tile = column / TILE * (column / TILE + 1) / 2 + row / TILE;
        double product = tiles[tile][column % TILE * TILE + row % TILE];
        double value = (product - sums[row] * (sums[column] / count)) / (count - 1);
        covariance[column * width + row] = value;
        covariance[row * width + column] = value;
      }
    }
    return covariance;
  }
}
