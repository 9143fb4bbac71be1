package org.inceptionspark.weights.file;

/**
 * What a reader knows of a tensor: its description and, as the format has it, where its values are.
 */
public interface TensorEntry {
  StoredTensor tensor();

  /** Whether the values are floating point, or stand for such. */
  default boolean isFloat() {
    return tensor().dtype().isFloat();
  }
}
