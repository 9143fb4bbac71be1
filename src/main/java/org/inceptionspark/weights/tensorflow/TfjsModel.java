package org.inceptionspark.weights.tensorflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.KerasModel;
import org.inceptionspark.weights.file.ShardGroup;
import org.inceptionspark.weights.file.StoredShapes;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.StoredTensors;
import org.inceptionspark.weights.file.TensorEntry;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;

/**
 * A TF.js layers model: {@code model.json} lists groups of weights, and each group's bytes are cut
 * into shards beside it, regardless of tensor boundaries.
 */
public final class TfjsModel implements WeightsFile, KerasModel {
  private record Entry(StoredTensor tensor, TfjsValues values, ShardGroup group, long offset)
      implements TensorEntry {
    @Override
    public boolean isFloat() {
      return values.isFloat();
    }

    float[] floats() {
      int size = tensor.elements() * tensor.dtype().bytes();
      return values.decode(group.read(offset, size), tensor.elements());
    }
  }

  private final String file;
  private final JsonNode topology;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private TfjsModel(String file, JsonNode topology) {
    this.file = file;
    this.topology = topology;
  }

  /** Opens the model; every shard's length is checked at once. */
  public static TfjsModel open(Path path, JsonNode document) {
    TfjsModel model = new TfjsModel(path.toString(), document.path("modelTopology"));
    JsonNode manifest = document.path("weightsManifest");
    if (!manifest.isArray()) {
      throw model.error(
          Kind.NOT_THIS_FORMAT, "JSON without a weightsManifest is not a TF.js model");
    }
    manifest.forEach(group -> model.addGroup(path, group));
    return model;
  }

  private void addGroup(Path path, JsonNode group) {
    List<String> names = new ArrayList<>();
    group.path("paths").forEach(each -> names.add(each.asText()));
    ShardGroup shards = ShardGroup.open(path, names);
    long offset = 0;
    for (JsonNode weight : group.path("weights")) {
      offset = addTensor(weight, shards, offset);
    }
    if (offset != shards.size()) {
      throw error(
          offset < shards.size() ? Kind.BAD_STRUCTURE : Kind.TRUNCATED,
          "the weights take " + offset + " bytes, the shards hold " + shards.size());
    }
  }

  private long addTensor(JsonNode weight, ShardGroup shards, long offset) {
    String name = weight.path("name").asText();
    try {
      List<Long> dimensions = new ArrayList<>();
      weight.path("shape").forEach(each -> dimensions.add(dimension(each)));
      TfjsValues values = TfjsValues.of(file, weight);
      StoredTensor tensor =
          new StoredTensor(name, values.dtype(), StoredShapes.of(file, name, dimensions));
      if (entries.put(name, new Entry(tensor, values, shards, offset)) != null) {
        throw error(Kind.DUPLICATE, "listed twice");
      }
      return offset + (long) tensor.shape().elements() * values.dtype().bytes();
    } catch (WeightsException e) {
      throw e.about(name);
    }
  }

  private long dimension(JsonNode json) {
    if (!json.isIntegralNumber() || !json.canConvertToLong()) {
      throw error(Kind.BAD_STRUCTURE, "a dimension is " + json);
    }
    return json.asLong();
  }

  /** Names of all shards that a model's document lists. */
  public static Set<String> shardNames(JsonNode document) {
    Set<String> names = new LinkedHashSet<>();
    document
        .path("weightsManifest")
        .forEach(group -> group.path("paths").forEach(each -> names.add(each.asText())));
    return names;
  }

  private WeightsException error(Kind kind, String detail) {
    return new WeightsException(kind, file, detail);
  }

  @Override
  public WeightsFormat format() {
    return WeightsFormat.TFJS;
  }

  @Override
  public List<StoredTensor> tensors() {
    return StoredTensors.list(entries);
  }

  @Override
  public Optional<JsonNode> config() {
    JsonNode config = topology.path("model_config");
    return config.isObject() ? Optional.of(config) : Optional.empty();
  }

  @Override
  public Tensor read(String name) {
    return StoredTensors.read(file, entries, name, Entry::floats);
  }

  @Override
  public void close() {}
}
