package org.inceptionspark.weights.file;

import org.inceptionspark.weights.file.WeightsException.Kind;

/** The checks that every reader makes before it reads values. */
public final class StoredTensors {
  private StoredTensors() {}

  /**
   * The tensor found under a name.
   *
   * @throws WeightsException MISSING_TENSOR if it is null, WRONG_DTYPE if it is not floating point
   */
  public static StoredTensor requireFloat(String file, String name, StoredTensor found) {
    if (found == null) {
      throw new WeightsException(Kind.MISSING_TENSOR, file, "not in the file").about(name);
    }
    if (!found.dtype().isFloat()) {
      throw new WeightsException(
              Kind.WRONG_DTYPE, file, "holds " + found.dtype() + ", weights are floating point")
          .about(name);
    }
    return found;
  }
}
