package org.inceptionspark.weights;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

  /** As torch 1 exports: nothing is called by its layer, only the edges are left. */
  @Test
  void graphWithoutNamesIsReadByItsEdges() throws IOException {
    String named = new String(Files.readAllBytes(Fixtures.path("onnx/folded.onnx")), ISO_8859_1);
    String anonymous = named.replace("Mixed_", "Block_").replace("Conv2d_", "Layer2_");
    Path path = folder.resolve("anonymous.onnx");
    Files.write(path, anonymous.getBytes(ISO_8859_1));
    assertThat(anonymous).hasSameSizeAs(named).isNotEqualTo(named);
    ModelWeights found = ModelWeights.load(path);
    ModelWeights expected = ModelWeights.load(Fixtures.path("onnx/folded.onnx"));
    assertThat(found.fingerprint()).isEqualTo(expected.fingerprint());
  }

  /** As many convolutions, but one after the other. */
  @Test
  void otherGraphWithoutNamesIsRefused() throws IOException {
    ProtoWriter graph = new ProtoWriter();
    for (int i = 0; i < 94; i++) {
      ProtoWriter node =
          new ProtoWriter()
              .text(1, "map" + i)
              .text(1, "kernel" + i)
              .text(2, "map" + (i + 1))
              .text(3, "Conv_" + i)
              .text(4, "Conv");
      ProtoWriter kernel = new ProtoWriter();
      for (int dimension = 0; dimension < 4; dimension++) {
        kernel.number(1, 1);
      }
      kernel.number(2, 1).text(8, "kernel" + i).bytes(9, ProtoWriter.floats(1));
      graph.message(1, node).message(5, kernel);
    }
    Path path = folder.resolve("chain.onnx");
    byte[] model = new ProtoWriter().number(1, 8).message(7, graph).toByteArray();
    Files.write(path, model);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(
            path
                + ": convolution Conv_6 has no name that tells its layer, and by its place it "
                + "would be Mixed_5b/Branch_1/Conv2d_0a_1x1, whose input comes from elsewhere");
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
