package org.inceptionspark.weights;

import java.nio.file.Path;
import java.util.List;
import org.inceptionspark.tensor.Tensor;

/** A weight file as it is stored: its own names, shapes and order of dimensions. */
public interface WeightsFile extends AutoCloseable {
  /**
   * Opens a weight file of any known format, told by its content, never by its name.
   *
   * @param path the file; for a checkpoint also its prefix, its index or its directory
   * @throws WeightsException if it cannot be read as weights
   */
  static WeightsFile open(Path path) {
    return WeightsOpener.open(path);
  }

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
