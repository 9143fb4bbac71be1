package org.inceptionspark.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.inceptionspark.weights.ExpectedTensors;
import org.inceptionspark.weights.Fixtures;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.TinyNetwork;
import org.inceptionspark.weights.WeightsOpener;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.PoolDivisor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that torch saved, bit for bit in logical order. */
class TorchFileTest {
  @ParameterizedTest
  @CsvSource({
    "wrapped.pth, module, TORCH",
    "legacy.pth, float32, TORCH_LEGACY",
    "channels-last-first60.pth, first60, TORCH",
    "one-storage-first60.pth, first60, TORCH",
    "mixed-dtypes-first60.pth, mixed, TORCH",
    "mixed-dtypes-first60-legacy.pth, mixed, TORCH_LEGACY",
    "parameters-first60.pth, parameters, TORCH"
  })
  void asStored(String name, String set, WeightsFormat format) {
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("torch/" + name))) {
      assertThat(file.format()).isEqualTo(format);
      ExpectedTensors.assertEqual(file, ExpectedTensors.set("torch", set));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrapped.pth", "legacy.pth"})
  void namesBecomeSlims(String name) {
    ModelWeights weights = ModelWeights.load(Fixtures.path("torch/" + name));
    TinyNetwork.assertLoaded(weights, TinyNetwork.variables());
    assertThat(weights.traits().family()).isEqualTo(ModelFamily.TORCH);
    assertThat(weights.traits().poolDivisor()).isEqualTo(PoolDivisor.WINDOW);
  }
}
