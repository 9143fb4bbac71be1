package org.inceptionspark.nn;

/** What is applied to a sum before it is stored, given by the lowest value that may be stored. */
public enum Activation {
  RELU(0f),
  LINEAR(Float.NEGATIVE_INFINITY);

  private final float floor;

  Activation(float floor) {
    this.floor = floor;
  }

  /** {@code max(x, floor)} is this activation. */
  public float floor() {
    return floor;
  }
}
