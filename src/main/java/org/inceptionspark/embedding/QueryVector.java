package org.inceptionspark.embedding;

import java.io.Serializable;

/** An embedding that rows are compared with. */
public final class QueryVector implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The similarity of a vector without direction, or with a NaN: it is near nothing. */
  public static final double UNDEFINED = Double.NEGATIVE_INFINITY;

  private static final Products PRODUCTS = Products.best();

  private final float[] values;
  private final double squaredNorm;

  public QueryVector(float[] values) {
    this.values = values.clone();
    this.squaredNorm = PRODUCTS.dot(values, values);
  }

  /**
   * Cosine of the angle between the vectors, from -1 to 1.
   *
   * @throws IllegalArgumentException if they have different lengths
   */
  public double similarity(float[] vector) {
    if (vector.length != values.length) {
      throw new IllegalArgumentException(
          "the query has " + values.length + " floats and a row has " + vector.length);
    }
    double[] products = PRODUCTS.dotAndSquare(vector, values);
    return cosine(products[0], squaredNorm * products[1]);
  }

  /**
   * @param squares product of the squared norms
   */
  static double cosine(double dot, double squares) {
    double cosine = dot / Math.sqrt(squares);
    return Double.isNaN(cosine) ? UNDEFINED : Math.max(-1, Math.min(1, cosine));
  }
}
