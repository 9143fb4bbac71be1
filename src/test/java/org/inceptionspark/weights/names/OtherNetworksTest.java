package org.inceptionspark.weights.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.Fixtures;
import org.inceptionspark.weights.LoadOptions;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.SafetensorsWriter;
import org.inceptionspark.weights.TinyNetwork;
import org.inceptionspark.weights.WeightsInspection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Good files of other networks: one line says what the file is, what is missing and what looks
 * alike. {@code src/test/python/other_networks.py} has TensorFlow and torch write the fixtures.
 */
class OtherNetworksTest {
  private static final String MISSING =
      "376 of 376 variables of its convolutions are missing: InceptionV3/Conv2d_1a_3x3/weights, "
          + "InceptionV3/Conv2d_1a_3x3/BatchNorm/beta, "
          + "InceptionV3/Conv2d_1a_3x3/BatchNorm/moving_mean and 373 more; ";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resnet_v1_50.ckpt | TensorFlow checkpoint V1 of 108 tensors, not an Inception V3 but ResNet by TF-Slim \
          | its first is resnet_v1_50/block1/unit_1/bottleneck_v1/conv1/biases
          resnet18.pth | torch archive of 122 tensors, not an Inception V3 but ResNet by torchvision or timm \
          | its first is conv1.weight
          resnet18.safetensors | safetensors of 122 tensors, not an Inception V3 but ResNet by torchvision or timm \
          | its first is bn1.bias
          """)
  void writtenByTheirWriters(String name, String title, String alike) {
    Path path = Fixtures.path("other/" + name);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(path + ": " + title + "; " + MISSING + alike);
  }

  /** Its names are the most similar there are. */
  @Test
  void inceptionV1() {
    Path path = Fixtures.path("other/inception_v1/model.ckpt");
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessageStartingWith(
            path
                + ": TensorFlow checkpoint V2 of 116 tensors, not an Inception V3 but "
                + "Inception V1 (GoogLeNet) by TF-Slim; "
                + MISSING
                + "alike are InceptionV1/")
        .hasMessageMatching(".*alike are (InceptionV1/\\S+ \\(for InceptionV3/\\S+\\)(, )?){3}");
  }

  private Path write(Map<String, Tensor> tensors) throws IOException {
    Path path = folder.resolve("renamed.safetensors");
    SafetensorsWriter.write(ModelWeights.of("renamed", tensors), path);
    return path;
  }

  @Test
  void unknownNetwork() throws IOException {
    Path path = write(Map.of("encoder/weights", new Tensor(Shape.of(1), new float[1])));
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(
            path
                + ": safetensors of 1 tensors, no Inception V3; "
                + MISSING
                + "its first is encoder/weights");
  }

  /** Keras calls every convolution so; their number tells. */
  @Test
  void otherConvolutionsOfKeras() throws IOException {
    Tensor value = new Tensor(Shape.of(1), new float[1]);
    Path path = write(Map.of("conv2d_1/kernel", value, "block1_sepconv1/pointwise_kernel", value));
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(
            path
                + ": Inception V3 has 94 convolutions, found 1; "
                + "its names are those of Xception by Keras");
  }

  @Test
  void renamedVariableLooksAlike() throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>(TinyNetwork.tensors());
    Tensor moved = tensors.remove("InceptionV3/Mixed_5c/Branch_0/Conv2d_0a_1x1/weights");
    tensors.put("InceptionV3/Mixed_5c/Branch_0/Conv2d_0a_1x1/kernel", moved);
    Path path = write(tensors);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(
            path
                + ": safetensors of 388 tensors, no complete Inception V3; 1 of 376 variables of "
                + "its convolutions are missing: "
                + "InceptionV3/Mixed_5c/Branch_0/Conv2d_0a_1x1/weights; alike are "
                + "InceptionV3/Mixed_5c/Branch_0/Conv2d_0a_1x1/kernel (for "
                + "InceptionV3/Mixed_5c/Branch_0/Conv2d_0a_1x1/weights)");
    assertThat(WeightsInspection.of(path, LoadOptions.DEFAULT).problem()).isPresent();
  }
}
