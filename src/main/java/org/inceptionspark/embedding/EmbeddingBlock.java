package org.inceptionspark.embedding;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A block of embeddings, to be compared with all of another block.
 *
 * @param rows how many
 * @param size floats of each
 * @param values {@code rows x size}
 * @param squares of the norm of each; 0 or NaN where an embedding has no direction
 */
public record EmbeddingBlock(int rows, int size, float[] values, double[] squares)
    implements Serializable {
  private static final Products PRODUCTS = Products.best();

  /** Takes a pair of rows and their similarity. */
  public interface Visitor {
    void accept(int row, int otherRow, double similarity);
  }

  /** The similarity that a pair currently needs. */
  public interface Threshold {
    double of(int row, int otherRow);
  }

  public static EmbeddingBlock of(int rows, int size, float[] values) {
    double[] squares = new double[rows];
    for (int row = 0; row < rows; row++) {
      squares[row] = PRODUCTS.dot(values, row * size, values, row * size, size);
    }
    return new EmbeddingBlock(rows, size, values, squares);
  }

  /**
   * Visits exactly the pairs of rows that are similar enough: what float32 cannot decide is
   * compared in float64.
   */
  public void compare(EmbeddingBlock other, Threshold threshold, Visitor visitor) {
    if (size != other.size) {
      throw new IllegalArgumentException(
          "embeddings of " + size + " and of " + other.size + " floats cannot be compared");
    }
    float[] products = new float[rows * other.rows];
    PRODUCTS.products(values, rows, other.values, other.rows, size, products);
    double doubt = Products.errorBound(size);
    double[] norms = norms();
    double[] otherNorms = other.norms();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < other.rows; column++) {
        double both = norms[row] * otherNorms[column];
        double needed = threshold.of(row, column);
        if (products[row * other.rows + column] >= (needed - doubt) * both) {
          double similarity = similarity(row, other, column);
          if (similarity >= needed) {
            visitor.accept(row, column, similarity);
          }
        }
      }
    }
  }

  private double[] norms() {
    return Arrays.stream(squares).map(Math::sqrt).toArray();
  }

  /** The exact similarity; {@link QueryVector#UNDEFINED} where one has no direction. */
  public double similarity(int row, EmbeddingBlock other, int column) {
    double dot = PRODUCTS.dot(values, row * size, other.values, column * size, size);
    return QueryVector.cosine(dot, squares[row] * other.squares[column]);
  }

  /** The rows from one to before another. */
  public EmbeddingBlock slice(int from, int to) {
    return new EmbeddingBlock(
        to - from,
        size,
        Arrays.copyOfRange(values, from * size, to * size),
        Arrays.copyOfRange(squares, from, to));
  }
}
