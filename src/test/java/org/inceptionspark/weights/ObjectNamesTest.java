package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.NetworkVariant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Networks within models, under the keys that TensorFlow 2.13 gives to {@code Sequential([base,
 * pooling, Dense])}, to a functional model around the base and to subclassed ones.
 */
class ObjectNamesTest {
  private static final String VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";
  private static final String HEAD = "layer_with_weights-188/";

  @TempDir Path folder;

  /** The tiny network's object checkpoint, its base and its head elsewhere. */
  private static Map<String, Tensor> moved(String base, String head) {
    Map<String, Tensor> tensors = new TreeMap<>();
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("tf_v2/object"))) {
      for (StoredTensor tensor : file.tensors()) {
        String name = tensor.name();
        if (name.startsWith("layer_with_weights-")) {
          String renamed =
              name.startsWith(HEAD) ? head + name.substring(HEAD.length()) : base + name;
          tensors.put(renamed, file.read(name));
        }
      }
    }
    return tensors;
  }

  private static Tensor zeros(int... shape) {
    Shape of = Shape.of(shape);
    return new Tensor(of, new float[of.elements()]);
  }

  private ModelWeights load(Map<String, Tensor> tensors) throws IOException {
    Path path = folder.resolve("renamed.safetensors");
    SafetensorsWriter.write(ModelWeights.of("renamed", tensors), path);
    return ModelWeights.load(path);
  }

  @ParameterizedTest
  @CsvSource({
    "'', layer_with_weights-188/",
    "layer_with_weights-0/, layer_with_weights-1/",
    "model/, model/layer_with_weights-188/",
    "model/layer_with_weights-0/, model/layer_with_weights-1/",
    "layer_with_weights-0/, layer_with_weights-1/layer_with_weights-0/",
    "base/, classifier/",
  })
  void headIsBound(String base, String head) throws IOException {
    Map<String, Tensor> tensors = moved(base, head);
    tensors.put("optimizer/_variables/7" + VALUE, zeros(3, 3));
    tensors.put(head + "kernel/.OPTIMIZER_SLOT/optimizer/m" + VALUE, zeros(128, 11));
    tensors.put("keras_api/metrics/0/total" + VALUE, zeros(1));
    TinyNetwork.assertLoaded(load(tensors), TinyNetwork.mainVariables());
  }

  /** Numbers are compared as numbers, and an inner number never hides an outer one. */
  @Test
  void severalDenseLayersInTheirOrder() throws IOException {
    Map<String, Tensor> tensors = moved("layer_with_weights-0/", "gone/");
    tensors.keySet().removeIf(name -> name.startsWith("gone/"));
    tensors.put("layer_with_weights-10/kernel" + VALUE, zeros(5, 2));
    tensors.put("layer_with_weights-2/kernel" + VALUE, zeros(128, 7));
    tensors.put("layer_with_weights-2/bias" + VALUE, zeros(7));
    tensors.put("layer_with_weights-9/kernel" + VALUE, zeros(7, 5));
    NetworkVariant traits = load(tensors).traits();
    assertThat(traits.hiddenUnits()).containsExactly(7, 5);
    assertThat(traits.classes()).isEqualTo(2);
  }

  @Test
  void attributesTellNoOrder() {
    Map<String, Tensor> tensors = moved("base/", "out/");
    tensors.put("hidden/kernel" + VALUE, zeros(128, 128));
    assertThatThrownBy(() -> load(tensors))
        .hasMessageEndingWith(
            "layers besides the network's, whose order is unknown: hidden, out; a head is dense layers that are numbered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gamma", "mean", "alpha", "pointwise_kernel"})
  void otherLayersAreRefused(String leaf) {
    Map<String, Tensor> tensors =
        moved("layer_with_weights-0/", "layer_with_weights-1/layer_with_weights-1/");
    tensors.put("layer_with_weights-1/layer_with_weights-0/" + leaf + VALUE, zeros(128));
    assertThatThrownBy(() -> load(tensors))
        .hasMessageContaining(
            "layer layer_with_weights-1/layer_with_weights-0 of the head is not dense");
  }

  @Test
  void networkTwice() {
    Map<String, Tensor> tensors = moved("model/", "model/layer_with_weights-188/");
    tensors.putAll(moved("average/", "average/layer_with_weights-188/"));
    assertThatThrownBy(() -> load(tensors))
        .hasMessageContainingAll("several networks: ", "average", "model");
  }

  /** What a SavedModel of a nested model has: nothing tells which convolution is which. */
  @ParameterizedTest
  @ValueSource(strings = {"variables/", "layer_with_weights-0/variables/", "trainable_variables/"})
  void numberedVariablesAreRefused(String list) {
    Map<String, Tensor> tensors = new TreeMap<>();
    moved("", "head/").values().forEach(each -> tensors.put(list + tensors.size() + VALUE, each));
    assertThatThrownBy(() -> load(tensors))
        .hasMessageContaining("of 378 tensors, numbered and not named")
        .hasMessageContaining("give its .keras or .h5 file");
  }

  /** Its own classes and others behind them would need an activation that no name tells. */
  @Test
  void headBehindHead() {
    Map<String, Tensor> tensors =
        moved("layer_with_weights-0/", "layer_with_weights-0/layer_with_weights-188/");
    tensors.put("layer_with_weights-1/kernel" + VALUE, zeros(11, 2));
    assertThatThrownBy(() -> load(tensors)).hasMessageContaining("one head after another");
  }
}
