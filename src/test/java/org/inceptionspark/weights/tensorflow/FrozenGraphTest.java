package org.inceptionspark.weights.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.ExpectedTensors;
import org.inceptionspark.weights.Fixtures;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.TinyNetwork;
import org.inceptionspark.weights.WeightsOpener;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.inceptionspark.weights.model.ModelFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that TensorFlow froze: decomposed, fused and folded batch normalisation. */
class FrozenGraphTest {
  @ParameterizedTest
  @CsvSource({"decomposed, float32", "fused, float32", "folded, folded", "typed-first40, typed"})
  void constants(String name, String set) {
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("frozen_pb/" + name + ".pb"))) {
      assertThat(file.format()).isEqualTo(WeightsFormat.FROZEN_GRAPH);
      ExpectedTensors.set("frozen_pb", set)
          .forEach(
              (tensor, expected) -> {
                assertThat(file.tensors()).contains(expected.tensor());
                assertThat(ExpectedTensors.digest(file.read(tensor)))
                    .as(tensor)
                    .isEqualTo(expected.digest());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"decomposed", "fused"})
  void batchNormIsFoundAlongTheEdges(String name) {
    ModelWeights weights = ModelWeights.load(Fixtures.path("frozen_pb/" + name + ".pb"));
    TinyNetwork.assertLoaded(weights, TinyNetwork.mainVariables());
    assertThat(weights.traits().gamma()).isEqualTo(name.equals("fused"));
    assertThat(weights.traits().family()).isEqualTo(ModelFamily.SLIM);
  }

  @Test
  void foldedGraphHasBiasesInstead() {
    ModelWeights weights = ModelWeights.load(Fixtures.path("frozen_pb/folded.pb"));
    assertThat(weights.traits().batchNorm()).isFalse();
    assertThat(weights.traits().classes()).isEqualTo(11);
    assertThat(weights.variables()).hasSize(95 * 2);
    ExpectedTensors.set("frozen_pb", "folded")
        .forEach(
            (stored, expected) -> {
              String leaf = stored.endsWith("_weights") ? "/weights" : "/biases";
              String variable =
                  expected.slim().matches(".*/(weights|biases)")
                      ? expected.slim()
                      : expected.slim() + leaf;
              Tensor tensor = weights.variables().get(variable);
              assertThat(tensor).as(variable).isNotNull();
              assertThat(ExpectedTensors.digest(tensor)).as(variable).isEqualTo(expected.digest());
            });
  }
}
