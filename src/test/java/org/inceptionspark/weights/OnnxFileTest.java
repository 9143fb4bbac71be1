package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that torch exported. */
class OnnxFileTest {
  @ParameterizedTest
  @ValueSource(strings = {"keys.onnx", "folded.onnx"})
  void initializers(String name) {
    try (WeightsFile file = WeightsFile.open(Fixtures.path("onnx/" + name))) {
      assertThat(file.format()).isEqualTo(WeightsFormat.ONNX);
      ExpectedTensors.assertEqual(file, ExpectedTensors.set("onnx", name));
    }
  }

  /** 85 of the 94 scales are shared through Identity nodes. */
  @Test
  void namesBecomeSlims() {
    ModelWeights weights = ModelWeights.load(Fixtures.path("onnx/keys.onnx"));
    TinyNetwork.assertLoaded(weights, TinyNetwork.mainVariables());
    assertThat(weights.variables()).hasSize(378 + 94);
    assertThat(weights.traits().poolDivisor()).isEqualTo(PoolDivisor.EXISTING);
    assertThat(weights.traits().lastPool()).isEqualTo(LastPool.AVERAGE);
  }

  @Test
  void foldedGraphIsReadByItsNodes() {
    ModelWeights weights = ModelWeights.load(Fixtures.path("onnx/folded.onnx"));
    assertThat(weights.traits().batchNorm()).isFalse();
    assertThat(weights.variables()).hasSize(95 * 2);
    ModelWeights folded = ModelWeights.load(Fixtures.path("frozen_pb/folded.pb"));
    folded
        .variables()
        .forEach(
            (name, tensor) -> {
              float[] found = weights.variables().get(name).data();
              assertThat(found).as(name).hasSameSizeAs(tensor.data());
              for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).as(name).isCloseTo(tensor.data()[i], within(1e-6f));
              }
            });
  }
}
