package org.inceptionspark.tensor;

import java.io.Serializable;

/**
 * Float values in row-major order with their shape. The array is shared, not copied: the caller
 * must not change it afterwards.
 *
 * @param shape outermost dimension first
 * @param data exactly {@code shape.elements()} values
 */
public record Tensor(Shape shape, float[] data) implements Serializable {
  public Tensor {
    if (shape.elements() != data.length) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + shape.elements() + " values, found " + data.length);
    }
  }
}
