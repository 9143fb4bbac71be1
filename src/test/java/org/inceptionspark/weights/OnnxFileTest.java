package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that torch exported. */
class OnnxFileTest {
  @TempDir Path folder;

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

  /**
   * torch before 2 padded the map and then pooled without padding. Messages of protocol buffers
   * merge when they are written one after the other.
   */
  @Test
  void paddedPoolsCountThePadding() throws IOException {
    ProtoWriter pad = new ProtoWriter().text(2, "padded").text(4, "Pad");
    ProtoWriter pool = new ProtoWriter().text(1, "padded").text(2, "pooled").text(4, "AveragePool");
    ProtoWriter graph = new ProtoWriter().message(1, pad).message(1, pool);
    Path path = folder.resolve("padded.onnx");
    Files.write(path, Files.readAllBytes(Fixtures.path("onnx/keys.onnx")));
    assertThat(ModelWeights.load(path).traits().poolDivisor()).isEqualTo(PoolDivisor.EXISTING);
    Files.write(path, new ProtoWriter().message(7, graph).toByteArray(), StandardOpenOption.APPEND);
    assertThat(ModelWeights.load(path).traits().poolDivisor()).isEqualTo(PoolDivisor.WINDOW);
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
