package org.inceptionspark.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.ZipArchive;
import org.inceptionspark.weights.hdf5.KerasHdf5;
import org.inceptionspark.weights.torch.TorchArchive;

/** Finds out what a zip archive is. */
final class ZippedWeights {
  private static final String KERAS_WEIGHTS = "model.weights.h5";
  private static final String TORCH_PICKLE = "data.pkl";

  private static final Pattern PROGRAM =
      Pattern.compile(
          "([^/]+/)?(serialized_exported_program\\.json|archive_format|models/.*\\.json)");

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
      requireNoCode(zip, names);
      return TorchArchive.open(zip, pickle.get());
    }
    requireNoProgram(zip, names);
    try (zip) {
      return Archives.open(path, zip);
    }
  }

  private static void requireNoCode(ZipArchive zip, List<String> names) {
    if (names.stream().anyMatch(name -> name.matches("([^/]+/)?constants\\.pkl"))) {
      throw program(zip, "a TorchScript archive", "torch.jit.load(FILE).state_dict()");
    }
  }

  private static void requireNoProgram(ZipArchive zip, List<String> names) {
    if (names.stream().anyMatch(name -> PROGRAM.matcher(name).matches())) {
      throw program(zip, "a program of torch.export", "torch.export.load(FILE).state_dict");
    }
  }

  private static WeightsException program(ZipArchive zip, String what, String stateDict) {
    return new WeightsException(
        Kind.UNSUPPORTED,
        zip.file(),
        what
            + ", whose weights its code gives names, and none is run; save its state dict: "
            + "torch.save("
            + stateDict
            + ", NEW)");
  }
}
