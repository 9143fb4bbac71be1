package org.inceptionspark.embedding;

/** Vectors of length one, in float32. */
public final class UnitVector {
  private UnitVector() {}

  /** The direction of a vector; null if it has none. */
  public static float[] of(float[] vector) {
    double norm = Math.sqrt(Products.best().dot(vector, vector));
    if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
      return null;
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / norm);
    }
    return unit;
  }
}
