package org.inceptionspark.weights.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.ExpectedTensors;
import org.inceptionspark.weights.Fixtures;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.WeightsOpener;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.NetworkVariant;
import org.inceptionspark.weights.model.OutputActivation;
import org.inceptionspark.weights.model.PoolDivisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers models that the TF.js converter wrote, bit for bit, and the demonstration model. */
class TfjsModelTest {
  private static final Path DEMONSTRATION = Path.of("src/quickstart/model");

  @ParameterizedTest
  @ValueSource(strings = {"float32", "uint8", "uint16", "mixed"})
  void layersModel(String set) {
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("tfjs/" + set + "/model.json"))) {
      assertThat(file.format()).isEqualTo(WeightsFormat.TFJS);
      ExpectedTensors.assertEqual(file, ExpectedTensors.set("tfjs", set));
    }
  }

  @Test
  void demonstrationModelHasThreeDenseLayers() {
    ModelWeights weights = ModelWeights.load(DEMONSTRATION);
    assertThat(weights.traits())
        .isEqualTo(
            new NetworkVariant(
                ModelFamily.KERAS,
                5,
                List.of(256, 128),
                true,
                false,
                false,
                1.0,
                16,
                PoolDivisor.EXISTING,
                LastPool.AVERAGE,
                OutputActivation.SOFTMAX,
                "keras"));
    assertThat(weights.variables()).hasSize(94 * 4 + 3 * 2);
    assertThat(weights.variables().get("InceptionV3/Logits/Dense_1/weights").shape())
        .isEqualTo(Shape.of(1, 1, 2048, 256));
    assertThat(weights.variables().get("InceptionV3/Logits/Dense_2/weights").shape())
        .isEqualTo(Shape.of(1, 1, 256, 128));
    assertThat(weights.variables().get("InceptionV3/Logits/Conv2d_1c_1x1/weights").shape())
        .isEqualTo(Shape.of(1, 1, 128, 5));
  }
}
