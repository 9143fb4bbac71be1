package org.inceptionspark.weights.file;

import java.util.List;
import org.inceptionspark.tensor.Tensor;

/** A weight file as it is stored: its own names, shapes and order of dimensions. */
public interface WeightsFile extends AutoCloseable {
  WeightsFormat format();

  /** All tensors, in the file's order. */
  List<StoredTensor> tensors();

  /**
   * The values of a tensor as float32, row major, dimensions in stored order. Wider types round to
   * nearest, quantised ones are expanded.
   *
   * @throws WeightsException MISSING_TENSOR if there is none of that name, WRONG_DTYPE if it does
   *     not hold floating-point values
   */
  Tensor read(String name);

  @Override
  void close();
}
