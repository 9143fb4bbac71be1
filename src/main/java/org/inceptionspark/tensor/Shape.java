package org.inceptionspark.tensor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The dimensions of a tensor, outermost first: {@code [3, 3, 288, 384]} is height, width, in, out.
 */
public final class Shape implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] dimensions;

  private Shape(int[] dimensions) {
    this.dimensions = dimensions;
  }

  /**
   * A shape of these dimensions; without any it is a scalar.
   *
   * @throws IllegalArgumentException if a dimension is negative or there are more elements than an
   *     {@code int} can count
   */
  public static Shape of(int... dimensions) {
    long elements = 1;
    for (int dimension : dimensions) {
      if (dimension < 0) {
        throw new IllegalArgumentException(
            "negative dimension in shape " + Arrays.toString(dimensions));
      }
      elements *= dimension;
      if (elements > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dimensions) + " has more than 2^31 - 1 elements");
      }
    }
    return new Shape(dimensions.clone());
  }

  public int rank() {
    return dimensions.length;
  }

  public int dimension(int axis) {
    return dimensions[axis];
  }

  public int lastDimension() {
    return dimensions[dimensions.length - 1];
  }

  /** The product of all dimensions; 1 for a scalar. */
  public int elements() {
    int elements = 1;
    for (int dimension : dimensions) {
      elements *= dimension;
    }
    return elements;
  }

  public int[] dimensions() {
    return dimensions.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape that && Arrays.equals(dimensions, that.dimensions);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dimensions);
  }

  /** As TensorFlow prints it: {@code [3, 3, 288, 384]}. */
  @Override
  public String toString() {
    return Arrays.stream(dimensions)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
