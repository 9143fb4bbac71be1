package org.inceptionspark.weights;

import java.util.Optional;
import org.inceptionspark.weights.WeightsException.Kind;

/** Finds the world that a file's names come from. */
final class Translations {
  private Translations() {}

  /**
   * The file's variables by TF-Slim's names.
   *
   * @throws WeightsException MISSING_TENSOR if no known names are in the file
   */
  static Translation of(WeightsFile file, String source) {
    return SlimNames.translate(file)
        .or(() -> TorchNames.translate(file, source))
        .or(() -> KerasNames.translate(file, source))
        .or(() -> Keras3Names.translate(file, source))
        .orElseThrow(() -> unknown(file, source));
  }

  private static WeightsException unknown(WeightsFile file, String source) {
    Optional<String> example = file.tensors().stream().map(StoredTensor::name).findFirst();
    return new WeightsException(
        Kind.MISSING_TENSOR,
        source,
        "no layer of an Inception V3 among its "
            + file.tensors().size()
            + " tensors"
            + example.map(name -> ", the first is " + name).orElse(""));
  }
}
