package org.inceptionspark.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.JsonDocuments;
import org.inceptionspark.weights.file.SafetensorsFile;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.ZipArchive;
import org.inceptionspark.weights.hdf5.Hdf5Image;
import org.inceptionspark.weights.hdf5.KerasHdf5;
import org.inceptionspark.weights.onnx.OnnxFile;
import org.inceptionspark.weights.tensorflow.CheckpointV1;
import org.inceptionspark.weights.tensorflow.CheckpointV2;
import org.inceptionspark.weights.tensorflow.FrozenGraph;
import org.inceptionspark.weights.tensorflow.SsTable;
import org.inceptionspark.weights.tensorflow.TfjsModel;
import org.inceptionspark.weights.torch.TorchArchive;

/** Recognises formats by their bytes, and finds the files that belong to a path. */
public final class WeightsOpener {
  private static final Pattern DATA_FILE = Pattern.compile("(.+)\\.data-\\d{5}-of-\\d{5}");
  private static final Pattern SHARD = Pattern.compile("(.+)-\\d{5}-of-(\\d{5})");
  private static final Pattern STATE_LINE =
      Pattern.compile("(?m)^model_checkpoint_path:\\s*\"([^\"]+)\"");

  private static final int MOST_NAMED = 5;

  /** Field 1, number 1. */
  private static final int SAVED_MODEL_VERSION_1 = 0x0108;

  private WeightsOpener() {}

  /**
   * Opens a weight file of any known format, recognised by its content, never by its name.
   *
   * @param path the file; for a checkpoint also its prefix, its index or its directory
   * @throws WeightsException if it cannot be read as weights
   */
  public static WeightsFile open(Path path) {
    if (Files.isDirectory(path)) {
      return openDirectory(path);
    }
    Path index = sibling(path, ".index");
    if (!Files.exists(path) && Files.isRegularFile(index)) {
      return openFile(index);
    }
    if (!Files.exists(path)) {
      List<Path> shards = shards(path, "?????");
      return shards.isEmpty() ? openFile(path) : openShards(path, shards);
    }
    Matcher dataFile = DATA_FILE.matcher(path.getFileName().toString());
    if (dataFile.matches() && Files.exists(path.resolveSibling(dataFile.group(1) + ".index"))) {
      return openFile(path.resolveSibling(dataFile.group(1) + ".index"));
    }
    return openFile(path);
  }

  /** A directory of one model: TensorFlow's checkpoint state names it, or it is the only one. */
  private static WeightsFile openDirectory(Path directory) {
    Path state = directory.resolve("checkpoint");
    if (Files.isRegularFile(state)) {
      ByteCursor text = ByteCursor.map(state);
      return latest(text.utf8(text.remaining()))
          .map(name -> open(directory.resolve(name)))
          .orElseThrow(
              () ->
                  new WeightsException(
                      Kind.BAD_STRUCTURE, state.toString(), "names no model_checkpoint_path"));
    }
    for (String name : List.of("model.json", "model.weights.json", "variables/variables.index")) {
      if (Files.isRegularFile(directory.resolve(name))) {
        return openFile(directory.resolve(name));
      }
    }
    throw new WeightsException(
        Kind.NOT_THIS_FORMAT,
        directory.toString(),
        "a directory without a checkpoint, a SavedModel's variables or a model.json; "
            + "name a file in it");
  }

  /** The name of the newest checkpoint, from the text file that TensorFlow keeps beside them. */
  static Optional<String> latest(String state) {
    Matcher line = STATE_LINE.matcher(state);
    return line.find()
        ? Optional.of(Path.of(line.group(1)).getFileName().toString())
        : Optional.empty();
  }

  /** Whether a file's first bytes, or last ones, are those of a known format. */
  static boolean recognises(Path path) {
    ByteCursor bytes = ByteCursor.map(path);
    return SsTable.matches(bytes)
        || Hdf5Image.matches(bytes)
        || ZipArchive.matches(bytes)
        || TorchArchive.matchesLegacy(bytes)
        || SafetensorsFile.matches(bytes)
        || OnnxFile.matches(bytes)
        || FrozenGraph.matches(bytes)
        || isManifest(path, bytes);
  }

  private static boolean isManifest(Path path, ByteCursor bytes) {
    String name = path.getFileName().toString();
    return startsLikeJson(bytes) && (name.equals("model.json") || name.endsWith(".weights.json"));
  }

  private static WeightsFile openFile(Path path) {
    ByteCursor bytes = ByteCursor.map(path);
    if (SsTable.matches(bytes)) {
      return openTable(path, bytes);
    }
    if (Hdf5Image.matches(bytes)) {
      return KerasHdf5.open(bytes);
    }
    if (ZipArchive.matches(bytes)) {
      return ZippedWeights.open(path);
    }
    if (Archives.matches(bytes)) {
      return Archives.open(path, bytes);
    }
    if (isSavedModel(path, bytes)) {
      return openFile(path.resolveSibling("variables").resolve("variables.index"));
    }
    if (TorchArchive.matchesLegacy(bytes)) {
      return TorchArchive.openLegacy(bytes);
    }
    if (SafetensorsFile.matches(bytes)) {
      return SafetensorsFile.open(bytes);
    }
    if (OnnxFile.matches(bytes)) {
      return OnnxFile.open(bytes);
    }
    if (FrozenGraph.matches(bytes)) {
      return FrozenGraph.open(bytes);
    }
    if (startsLikeJson(bytes)) {
      JsonNode document = JsonDocuments.parse(bytes.rewound());
      return ShardedWeights.matches(document)
          ? ShardedWeights.open(path, document)
          : TfjsModel.open(path, document);
    }
    throw new WeightsException(
        bytes.remaining() < 16 ? Kind.TRUNCATED : Kind.NOT_THIS_FORMAT,
        path.toString(),
        "its " + bytes.remaining() + " bytes are of no known weight format");
  }

  /** The graph of a SavedModel; its weights are a checkpoint in a folder beside it. */
  private static boolean isSavedModel(Path path, ByteCursor bytes) {
    return bytes.remaining() > 3
        && bytes.window(0, 3).u16() == SAVED_MODEL_VERSION_1
        && Files.isRegularFile(path.resolveSibling("variables").resolve("variables.index"));
  }

  private static WeightsFile openTable(Path path, ByteCursor table) {
    if (SsTable.startsWithTensorList(table)) {
      Matcher shard = SHARD.matcher(path.getFileName().toString());
      return shard.matches()
          ? openShards(path, shards(path.resolveSibling(shard.group(1)), shard.group(2)))
          : CheckpointV1.open(path.toString(), List.of(table));
    }
    String name = path.getFileName().toString();
    String prefix = name.endsWith(".index") ? name.substring(0, name.length() - 6) : name;
    return CheckpointV2.open(path.resolveSibling(prefix), table);
  }

  private static WeightsFile openShards(Path path, List<Path> shards) {
    Matcher last = SHARD.matcher(shards.get(shards.size() - 1).toString());
    if (last.matches()) {
      requireShards(path, last.group(1), Integer.parseInt(last.group(2)), shards);
    }
    return CheckpointV1.open(path.toString(), shards.stream().map(ByteCursor::map).toList());
  }

  private static void requireShards(Path path, String prefix, int count, List<Path> found) {
    List<String> missing =
        IntStream.range(0, count)
            .mapToObj(shard -> String.format(Locale.ROOT, "%s-%05d-of-%05d", prefix, shard, count))
            .filter(name -> !found.contains(Path.of(name)))
            .toList();
    if (!missing.isEmpty()) {
      throw new WeightsException(
          Kind.TRUNCATED,
          path.toString(),
          missing.size()
              + " of "
              + count
              + " shards are missing: "
              + missing.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")));
    }
  }

  /** The files {@code prefix-?????-of-count}, in order. */
  private static List<Path> shards(Path prefix, String count) {
    Path folder = prefix.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern name =
        Pattern.compile(
            Pattern.quote(prefix.getFileName().toString())
                + "-\\d{5}-of-"
                + count.replace("?", "\\d"));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean startsLikeJson(ByteCursor bytes) {
    ByteCursor start = bytes.rewound();
    while (start.remaining() > 0) {
      int character = start.u8();
      if (!Character.isWhitespace(character)) {
        return character == '{';
      }
    }
    return false;
  }

  private static Path sibling(Path path, String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }
}
