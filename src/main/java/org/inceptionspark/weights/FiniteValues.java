package org.inceptionspark.weights;

import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.names.Binding;

/** Values that would silently turn every label into nonsense. */
final class FiniteValues {
  private FiniteValues() {}

  /**
   * Checks one variable.
   *
   * @throws WeightsException NON_FINITE if a value is NaN or infinite, or a variance negative
   */
  static void require(String source, Binding binding, Tensor tensor) {
    boolean variance = binding.variable().endsWith("/moving_variance");
    float[] data = tensor.data();
    for (int i = 0; i < data.length; i++) {
      if (!Float.isFinite(data[i]) || (variance && data[i] < 0)) {
        throw new WeightsException(
                Kind.NON_FINITE,
                source,
                "element "
                    + i
                    + " is "
                    + data[i]
                    + (variance ? ", a variance is finite and not negative" : ""))
            .about(binding.stored());
      }
    }
  }
}
