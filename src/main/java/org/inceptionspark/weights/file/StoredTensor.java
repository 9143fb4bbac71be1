package org.inceptionspark.weights.file;

import java.util.Arrays;
import java.util.List;
import org.inceptionspark.tensor.Shape;

/**
 * A tensor as a file holds it.
 *
 * @param name the file's own name
 * @param dtype the stored element type; quantised values show their integer type
 * @param shape in the file's own order of dimensions
 */
public record StoredTensor(String name, DType dtype, Shape shape) {
  /** The shape as numbers, outermost first. */
  public List<Integer> dimensions() {
    return Arrays.stream(shape.dimensions()).boxed().toList();
  }

  /** How many values there are. */
  public int elements() {
    return shape.elements();
  }
}
