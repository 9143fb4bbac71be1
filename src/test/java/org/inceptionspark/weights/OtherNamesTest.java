package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.MovingAverages;
import org.inceptionspark.weights.model.NetworkVariant;
import org.inceptionspark.weights.model.PoolDivisor;
import org.inceptionspark.weights.names.NamedLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Naming schemes of which no real file is at hand: the tiny network is written with them, and read
 * back.
 */
class OtherNamesTest {
  private static final String AVERAGE = "/ExponentialMovingAverage";

  @TempDir Path folder;

  private Path write(Map<String, Tensor> tensors) throws IOException {
    Path path = folder.resolve("renamed.safetensors");
    SafetensorsWriter.write(ModelWeights.of("renamed", tensors), path);
    return path;
  }

  private static Tensor rankTwo(Tensor kernel) {
    Shape shape = kernel.shape();
    return new Tensor(Shape.of(shape.dimension(2), shape.dimension(3)), kernel.data());
  }

  /** The checkpoint of March 2016, where one block has another name than in its source. */
  private static Map<String, Tensor> of2016(String block) {
    Map<String, Tensor> tensors = TinyNetwork.tensors();
    Map<String, Tensor> renamed = new TreeMap<>();
    for (NamedLayer layer : NamedLayer.all()) {
      String scope =
          layer.checkpoint2016().orElseThrow().replaceFirst("mixed_(17x17|8x8)x1280a", block);
      for (String leaf :
          new String[] {
            "weights",
            "biases",
            "BatchNorm/beta",
            "BatchNorm/moving_mean",
            "BatchNorm/moving_variance"
          }) {
        Tensor tensor = tensors.get(layer.variable(leaf));
        boolean dense = layer.kind() == NamedLayer.Kind.DENSE && leaf.equals("weights");
        if (tensor != null) {
          renamed.put(scope + "/" + leaf, dense ? rankTwo(tensor) : tensor);
        }
      }
    }
    return renamed;
  }

  @Test
  void checkpointOfMarch2016() throws IOException {
    for (String block : new String[] {"mixed_17x17x1280a", "mixed_8x8x1280a"}) {
      ModelWeights weights = ModelWeights.load(write(of2016(block)));
      TinyNetwork.assertLoaded(weights, TinyNetwork.variables());
      assertThat(weights.variables()).hasSize(388);
    }
  }

  @Test
  void itsMovingAverages() throws IOException {
    Map<String, Tensor> both = new TreeMap<>();
    of2016("mixed_17x17x1280a")
        .forEach(
            (name, tensor) -> {
              both.put(name + AVERAGE, tensor);
              both.put(name, new Tensor(tensor.shape(), new float[tensor.data().length]));
            });
    Path path = write(both);
    TinyNetwork.assertLoaded(
        ModelWeights.load(path, LoadOptions.of(MovingAverages.REQUIRE)), TinyNetwork.variables());
    both.remove("conv0/weights" + AVERAGE);
    Path mixed = write(both);
    assertThatThrownBy(() -> ModelWeights.load(mixed, LoadOptions.of(MovingAverages.PREFER)))
        .hasMessage(
            mixed + ": 1 of 388 variables have no moving average (ExponentialMovingAverage)");
  }

  @Test
  void torchHeadOfSeveralLayers() throws IOException {
    Map<String, Tensor> tensors = TorchContentsTest.headless();
    tensors.put("fc.0.weight", new Tensor(Shape.of(5, 128), new float[5 * 128]));
    tensors.put("fc.0.bias", new Tensor(Shape.of(5), new float[5]));
    tensors.put(
        "fc.3.weight", new Tensor(Shape.of(2, 5), new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    tensors.put("fc.3.bias", new Tensor(Shape.of(2), new float[2]));
    ModelWeights weights = ModelWeights.load(write(tensors));
    assertThat(weights.traits().hiddenUnits()).containsExactly(5);
    assertThat(weights.traits().classes()).isEqualTo(2);
    Tensor logits = weights.variables().get("InceptionV3/Logits/Conv2d_1c_1x1/weights");
    assertThat(logits.shape()).isEqualTo(Shape.of(1, 1, 5, 2));
    assertThat(logits.data()).containsExactly(1, 6, 2, 7, 3, 8, 4, 9, 5, 10);
  }

  @Test
  void torchHeadThatDoesNotFit() throws IOException {
    Map<String, Tensor> tensors = TorchContentsTest.headless();
    tensors.put("fc.0.weight", new Tensor(Shape.of(5, 128), new float[5 * 128]));
    tensors.put("fc.1.weight", new Tensor(Shape.of(2, 7), new float[14]));
    Path path = write(tensors);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(path + ": layer fc.1 of the head takes 7 values, the one before it makes 5");
  }

  /** FID's network has torch's names and the classes of 2015. */
  @Test
  void fid() throws IOException {
    Map<String, Tensor> tensors = TorchContentsTest.headless();
    tensors.put("fc.weight", new Tensor(Shape.of(1008, 128), new float[1008 * 128]));
    tensors.put("fc.bias", new Tensor(Shape.of(1008), new float[1008]));
    NetworkVariant traits = ModelWeights.load(write(tensors)).traits();
    assertThat(traits.family()).isEqualTo(ModelFamily.FID);
    assertThat(traits.poolDivisor()).isEqualTo(PoolDivisor.EXISTING);
    assertThat(traits.lastPool()).isEqualTo(LastPool.MAXIMUM);
  }
}
