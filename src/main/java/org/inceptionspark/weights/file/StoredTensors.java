package org.inceptionspark.weights.file;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** What all readers do with the tensors they have found, whatever the format. */
public final class StoredTensors {
  private StoredTensors() {}

  public static List<StoredTensor> list(Map<String, ? extends TensorEntry> entries) {
    return entries.values().stream().map(TensorEntry::tensor).toList();
  }

  /**
   * Reads a tensor; every failure names it.
   *
   * @param file for messages
   * @param values an entry's values, row major, in the order of its dimensions
   * @throws WeightsException MISSING_TENSOR if there is none of that name, WRONG_DTYPE if it is not
   *     floating point, else what {@code values} throws
   */
  public static <E extends TensorEntry> Tensor read(
      String file, Map<String, E> entries, String name, Function<E, float[]> values) {
    try {
      E entry = entries.get(name);
      if (entry == null) {
        throw new WeightsException(Kind.MISSING_TENSOR, file, "not in the file");
      }
      DType dtype = entry.tensor().dtype();
      if (!entry.isFloat()) {
        throw new WeightsException(
            Kind.WRONG_DTYPE, file, "holds " + dtype + ", weights are floating point");
      }
      return new Tensor(entry.tensor().shape(), values.apply(entry));
    } catch (WeightsException e) {
      throw e.about(name);
    }
  }
}
