package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.WeightsFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights in several files with a {@code weight_map}, laid out as Keras 3.15 and the safetensors
 * library do, and the layers that Keras 3 may have beside the network.
 */
class ShardedWeightsTest {
  @TempDir Path folder;

  private final Map<String, Object> map = new LinkedHashMap<>();

  /** The tiny network's tensors under Keras 3's names. */
  private static Map<String, Tensor> keras() {
    Map<String, Tensor> tensors = new TreeMap<>();
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("keras3/tiny.weights.h5"))) {
      file.tensors().forEach(each -> tensors.put(each.name(), file.read(each.name())));
    }
    return tensors;
  }

  private Path index() throws IOException {
    return Files.writeString(
        folder.resolve("model.weights.json"),
        new ObjectMapper().writeValueAsString(Map.of("metadata", Map.of(), "weight_map", map)));
  }

  /** Layers in two files in turn; each shard of the format that a test can write. */
  private Path shards(Map<String, Tensor> tensors) throws IOException {
    map.clear();
    String[] names = {"model_00000.weights.h5", "model_00001.weights.h5"};
    for (int shard = 0; shard < names.length; shard++) {
      Map<String, Tensor> part = new TreeMap<>();
      for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
        String layer = tensor.getKey().replaceFirst("/[^/]*$", "");
        if (Math.floorMod(layer.hashCode(), names.length) == shard) {
          part.put(tensor.getKey(), tensor.getValue());
          map.put("/" + layer, names[shard]);
        }
      }
      SafetensorsWriter.write(ModelWeights.of("part", part), folder.resolve(names[shard]));
    }
    return index();
  }

  private static Tensor zeros(int... shape) {
    Shape of = Shape.of(shape);
    return new Tensor(of, new float[of.elements()]);
  }

  @Test
  void opensAsOneModel() throws IOException {
    Path path = shards(keras());
    TinyNetwork.assertLoaded(ModelWeights.load(path), TinyNetwork.mainVariables());
    TinyNetwork.assertLoaded(ModelWeights.load(folder), TinyNetwork.mainVariables());
  }

  /** What Keras itself wrote, in one shard. */
  @Test
  void shardsThatKerasWrote() throws IOException {
    Files.copy(Fixtures.path("keras3/tiny.weights.h5"), folder.resolve("model_00000.weights.h5"));
    keras().keySet().forEach(name -> map.put(name, new String[] {"model_00000.weights.h5"}));
    TinyNetwork.assertLoaded(ModelWeights.load(index()), TinyNetwork.mainVariables());
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path path = shards(keras());
    map.put("/layers/dense_7/vars", "model_00001.weights.h5");
    index();
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .hasMessage(path + ": tensor layers/dense_7/vars: not in shard model_00001.weights.h5");
    Files.delete(folder.resolve("model_00001.weights.h5"));
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .hasMessage(path + ": shard model_00001.weights.h5 is missing");
  }

  @Test
  void noShardLiesElsewhere() throws IOException {
    map.put("/layers/dense/vars", "../other.weights.h5");
    Path path = index();
    assertThatThrownBy(() -> WeightsOpener.open(path)).hasMessageContaining("leaves the model's");
  }

  @Test
  void oneTensorInTwoShards() throws IOException {
    Path path = shards(keras());
    Files.copy(folder.resolve("model_00000.weights.h5"), folder.resolve("model_00002.weights.h5"));
    map.put("/layers/copy", "model_00002.weights.h5");
    index();
    assertThatThrownBy(() -> WeightsOpener.open(path))
        .hasMessageContaining("in shard model_00002.weights.h5 and in one before it");
  }

  /** Keras 3 groups layers by class; what is not dense changes the numbers. */
  @Test
  void layersThatAreNotDense() throws IOException {
    for (String kind : new String[] {"layer_normalization", "normalization", "p_re_lu"}) {
      Map<String, Tensor> tensors = keras();
      tensors.put("layers/" + kind + "/vars/0", zeros(128));
      Path path = shards(tensors);
      assertThatThrownBy(() -> ModelWeights.load(path))
          .hasMessageContaining("after the base only dense layers are known, found [")
          .hasMessageContaining(kind);
    }
  }

  @Test
  void headUnderAnAttribute() throws IOException {
    Map<String, Tensor> tensors = keras();
    tensors.keySet().removeIf(name -> name.contains("dense"));
    tensors.put("classifier/vars/0", zeros(128, 5));
    tensors.put("classifier/vars/1", zeros(5));
    assertThat(ModelWeights.load(shards(tensors)).traits().classes()).isEqualTo(5);
  }

  /** A base with its own classes, and others behind it. */
  @Test
  void twoLayersOfOneName() throws IOException {
    Map<String, Tensor> tensors = keras();
    tensors.put("outer/layers/dense/vars/0", zeros(11, 5));
    Path path = shards(tensors);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessageContaining("the same layer and variable as ");
  }
}
