package org.inceptionspark.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.ShardGroup;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;

/**
 * Whole tensors distributed over several files, with a JSON file whose {@code weight_map} says
 * which is where: Keras 3's {@code model.weights.json}, and the index of safetensors.
 */
final class ShardedWeights implements WeightsFile {
  private static final String MAP = "weight_map";

  private final WeightsFormat format;
  private final List<WeightsFile> shards;
  private final Map<String, WeightsFile> shardOf = new LinkedHashMap<>();

  private ShardedWeights(List<WeightsFile> shards) {
    this.format = shards.get(0).format();
    this.shards = shards;
  }

  static boolean matches(JsonNode document) {
    return document.path(MAP).isObject();
  }

  /** Names of the shards, each once. */
  static Set<String> names(JsonNode document) {
    Set<String> names = new LinkedHashSet<>();
    document.path(MAP).forEach(each -> names.addAll(texts(each)));
    return names;
  }

  /** Keras names one file, or a list if the variables of a layer are in several. */
  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    (value.isArray() ? value : List.of(value)).forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /**
   * Opens all shards.
   *
   * @throws WeightsException TRUNCATED if one is missing or does not hold what the map says,
   *     DUPLICATE if two hold the same tensor
   */
  static ShardedWeights open(Path path, JsonNode document) {
    Map<String, WeightsFile> opened = new LinkedHashMap<>();
    try {
      for (String name : names(document)) {
        Path shard = ShardGroup.beside(path, name);
        if (!Files.isRegularFile(shard)) {
          throw new WeightsException(
              Kind.TRUNCATED, path.toString(), "shard " + name + " is missing");
        }
        opened.put(name, WeightsOpener.open(shard));
      }
      if (opened.isEmpty()) {
        throw new WeightsException(Kind.BAD_STRUCTURE, path.toString(), "its weight_map is empty");
      }
      ShardedWeights weights = new ShardedWeights(List.copyOf(opened.values()));
      opened.forEach((name, shard) -> weights.add(path, name, shard));
      weights.requireAll(path, document, opened);
      return weights;
    } catch (RuntimeException e) {
      opened.values().forEach(WeightsFile::close);
      throw e;
    }
  }

  private void add(Path path, String name, WeightsFile shard) {
    for (StoredTensor tensor : shard.tensors()) {
      if (shardOf.put(tensor.name(), shard) != null) {
        throw new WeightsException(
                Kind.DUPLICATE, path.toString(), "in shard " + name + " and in one before it")
            .about(tensor.name());
      }
    }
  }

  private void requireAll(Path path, JsonNode document, Map<String, WeightsFile> opened) {
    Map<WeightsFile, Set<String>> held = new HashMap<>();
    document
        .path(MAP)
        .properties()
        .forEach(
            entry -> {
              String key = entry.getKey().replaceFirst("^/", "");
              for (String name : texts(entry.getValue())) {
                Set<String> names = held.computeIfAbsent(opened.get(name), ShardedWeights::groups);
                if (!names.contains(key)) {
                  throw new WeightsException(
                          Kind.TRUNCATED, path.toString(), "not in shard " + name)
                      .about(key);
                }
              }
            });
  }

  /** The tensors of a shard and the groups that hold them. */
  private static Set<String> groups(WeightsFile shard) {
    Set<String> groups = new LinkedHashSet<>();
    for (StoredTensor tensor : shard.tensors()) {
      groups.add(tensor.name());
      groups.add(tensor.name().replaceFirst("/[^/]*$", ""));
    }
    return groups;
  }

  @Override
  public WeightsFormat format() {
    return format;
  }

  @Override
  public List<StoredTensor> tensors() {
    return shards.stream().flatMap(shard -> shard.tensors().stream()).toList();
  }

  @Override
  public Tensor read(String name) {
    return shardOf.getOrDefault(name, shards.get(0)).read(name);
  }

  @Override
  public void close() {
    shards.forEach(WeightsFile::close);
  }
}
