package org.inceptionspark.weights.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.inceptionspark.weights.ExpectedTensors;
import org.inceptionspark.weights.Fixtures;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.TinyNetwork;
import org.inceptionspark.weights.WeightsOpener;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.PoolDivisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the safetensors library wrote, with torch's names. */
class SafetensorsFileTest {
  @ParameterizedTest
  @ValueSource(strings = {"float32", "bfloat16"})
  void asStored(String set) {
    try (WeightsFile file =
        WeightsOpener.open(Fixtures.path("safetensors/" + set + ".safetensors"))) {
      assertThat(file.format()).isEqualTo(WeightsFormat.SAFETENSORS);
      ExpectedTensors.assertEqual(file, ExpectedTensors.set("safetensors", set));
    }
  }

  @Test
  void torchNamesAndLayoutsBecomeSlims() {
    ModelWeights weights = ModelWeights.load(Fixtures.path("safetensors/float32.safetensors"));
    TinyNetwork.assertLoaded(weights, TinyNetwork.variables());
    assertThat(weights.variables()).hasSize(388 + 96);
    assertThat(weights.traits().family()).isEqualTo(ModelFamily.TORCH);
    assertThat(weights.traits().poolDivisor()).isEqualTo(PoolDivisor.WINDOW);
    assertThat(weights.traits().gamma()).isTrue();
    assertThat(weights.traits().auxLogits()).isTrue();
  }
}
