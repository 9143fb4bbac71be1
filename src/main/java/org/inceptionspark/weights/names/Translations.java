package org.inceptionspark.weights.names;

import java.util.Optional;
import org.inceptionspark.weights.file.UnpackedWeights;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.MovingAverages;

/** Finds the framework that a file's names come from. */
public final class Translations {
  private Translations() {}

  /**
   * The file's variables by TF-Slim's names.
   *
   * @throws WeightsException MISSING_TENSOR if the file has no known names, or lacks averages that
   *     are required
   */
  public static Translation of(WeightsFile opened, String source, MovingAverages averages) {
    WeightsFile file = opened instanceof UnpackedWeights unpacked ? unpacked.inner() : opened;
    try {
      return find(file, source, averages);
    } catch (WeightsException e) {
      throw e.kind() == Kind.UNSUPPORTED ? OtherNetworks.named(e, file) : e;
    }
  }

  private static Translation find(WeightsFile file, String source, MovingAverages averages) {
    Optional<Translation> trained = ScopedNames.translate(file, source, averages);
    if (averages == MovingAverages.REQUIRE && trained.isEmpty()) {
      throw new WeightsException(
          Kind.MISSING_TENSOR, source, "moving averages are only in TF-Slim's own checkpoints");
    }
    return GraphNames.translate(file, source)
        .or(() -> OnnxNames.translate(file, source))
        .or(() -> trained)
        .or(() -> TorchNames.translate(file, source))
        .or(() -> KerasNames.translate(file, source))
        .or(() -> Keras3Names.translate(file, source))
        .or(() -> ObjectNames.translate(file, source))
        .orElseThrow(() -> MissingVariables.all(file, source));
  }
}
