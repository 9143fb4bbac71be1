package org.inceptionspark.search.sql;

import java.util.Locale;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.inceptionspark.embedding.Products;

/**
 * Spark 4.2's vector functions for {@code array<float>}, by its rules: sums in float64, rounded
 * once; null for a vector that contains a null, and for the direction of a vector without one; an
 * error for vectors of different lengths. Called by generated code, hence public.
 */
public final class VectorFunctions {
  private VectorFunctions() {}

  /** {@code a.b / (|a| |b|)}; null for vectors of length zero or norm zero. */
  public static Float cosineSimilarity(ArrayData left, ArrayData right) {
    requireSameLength("vector_cosine_similarity", left, right);
    if (left.numElements() == 0 || hasNull(left) || hasNull(right)) {
      return null;
    }
    float[] a = left.toFloatArray();
    float[] b = right.toFloatArray();
    double norms = Math.sqrt(dot(a, a) * dot(b, b));
    return norms == 0 ? null : (Float) (float) (dot(a, b) / norms);
  }

  /** {@code a.b}; 0 for vectors of length zero. */
  public static Float innerProduct(ArrayData left, ArrayData right) {
    requireSameLength("vector_inner_product", left, right);
    if (hasNull(left) || hasNull(right)) {
      return null;
    }
    return (float) dot(left.toFloatArray(), right.toFloatArray());
  }

  /** {@code |a - b|}; 0 for vectors of length zero. */
  public static Float l2Distance(ArrayData left, ArrayData right) {
    requireSameLength("vector_l2_distance", left, right);
    if (hasNull(left) || hasNull(right)) {
      return null;
    }
    float[] difference = left.toFloatArray();
    float[] other = right.toFloatArray();
    for (int i = 0; i < other.length; i++) {
      difference[i] -= other[i];
    }
    return (float) Math.sqrt(dot(difference, difference));
  }

  /**
   * The norm of a degree; 0 for a vector of length zero.
   *
   * @param degree 1, 2 or infinity
   */
  public static Float norm(ArrayData vector, float degree) {
    return hasNull(vector) ? null : (Float) (float) norm("vector_norm", vector, degree);
  }

  /** The vector divided by its norm; null for a vector of norm zero. */
  public static ArrayData normalize(ArrayData vector, float degree) {
    if (hasNull(vector)) {
      return null;
    }
    double norm = norm("vector_normalize", vector, degree);
    if (vector.numElements() == 0) {
      return vector;
    }
    if (norm == 0) {
      return null;
    }
    float[] values = vector.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / norm);
    }
    return UnsafeArrayData.fromPrimitiveArray(values);
  }

  private static double norm(String function, ArrayData vector, float degree) {
    float[] values = vector.toFloatArray();
    if (degree == 2) {
      return Math.sqrt(dot(values, values));
    }
    if (degree == 1) {
      return sumOfMagnitudes(values);
    }
    if (degree == Float.POSITIVE_INFINITY) {
      return largestMagnitude(values);
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "[INVALID_VECTOR_NORM_DEGREE] %s: the degree must be 1.0, 2.0 or float('inf'), found %s",
            function,
            degree));
  }

  private static double dot(float[] left, float[] right) {
    return Products.best().dot(left, right);
  }

  private static double sumOfMagnitudes(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }

  /** NaN if there is one, as Spark's max. */
  private static double largestMagnitude(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static void requireSameLength(String function, ArrayData left, ArrayData right) {
    if (left.numElements() != right.numElements()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "[VECTOR_DIMENSION_MISMATCH] %s: the vectors must have the same length, found %d and %d",
              function,
              left.numElements(),
              right.numElements()));
    }
  }

  static boolean hasNull(ArrayData array) {
    int length = array.numElements();
    for (int i = 0; i < length; i++) {
      if (array.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }
}
