package org.inceptionspark.weights.file;

/**
 * What a reader knows of a tensor: its description and, in the format's own terms, where its values
 * are.
 */
public interface TensorEntry {
  StoredTensor tensor();

  /** Whether the values are floating point, or quantised from it. */
  default boolean isFloat() {
    return tensor().dtype().isFloat();
  }
}
