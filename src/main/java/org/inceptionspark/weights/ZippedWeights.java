package org.inceptionspark.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.ZipArchive;
import org.inceptionspark.weights.hdf5.KerasHdf5;
import org.inceptionspark.weights.torch.TorchFile;

/** Tells apart what a zip archive may be. */
final class ZippedWeights {
  private static final String KERAS_WEIGHTS = "model.weights.h5";
  private static final String TORCH_PICKLE = "data.pkl";

  private ZippedWeights() {}

  static WeightsFile open(Path path) {
    ZipArchive zip = ZipArchive.open(path);
    try {
      return open(path, zip);
    } catch (RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static WeightsFile open(Path path, ZipArchive zip) {
    List<String> names = zip.names();
    if (names.contains(KERAS_WEIGHTS)) {
      ByteCursor weights = zip.read(KERAS_WEIGHTS).orElseThrow();
      Optional<String> config = zip.read("config.json").map(bytes -> bytes.utf8(bytes.remaining()));
      zip.close();
      return KerasHdf5.open(weights, config);
    }
    Optional<String> pickle =
        names.stream()
            .filter(name -> name.equals(TORCH_PICKLE) || name.matches("[^/]+/" + TORCH_PICKLE))
            .findFirst();
    if (pickle.isPresent()) {
      return TorchFile.open(zip, pickle.get());
    }
    try (zip) {
      return Archives.open(path, zip);
    }
  }
}
