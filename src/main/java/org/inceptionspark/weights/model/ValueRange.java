package org.inceptionspark.weights.model;

/** The least and greatest of some values, and whether all are numbers. */
public record ValueRange(float min, float max, boolean finite) {

  /** Of an array; an empty one has zeros. */
  public static ValueRange of(float[] values) {
    float min = values.length == 0 ? 0 : values[0];
    float max = min;
    boolean finite = true;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
      finite &= Float.isFinite(value);
    }
    return new ValueRange(min, max, finite);
  }
}
