package org.inceptionspark.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inceptionspark.weights.WeightsException.Kind;

/** Tells apart what a zip archive may be. */
final class ZippedWeights {
  private static final String KERAS_WEIGHTS = "model.weights.h5";

  private ZippedWeights() {}

  static WeightsFile open(Path path) {
    try (ZipArchive zip = ZipArchive.open(path)) {
      List<String> names = zip.names();
      if (names.contains(KERAS_WEIGHTS)) {
        Optional<String> config =
            zip.read("config.json").map(bytes -> bytes.utf8(bytes.remaining()));
        return KerasHdf5.open(zip.read(KERAS_WEIGHTS).orElseThrow(), config);
      }
      throw new WeightsException(
          Kind.NOT_THIS_FORMAT,
          path.toString(),
          "a zip archive without weights in it, but with "
              + String.join(", ", names.subList(0, Math.min(names.size(), 3))));
    }
  }
}
