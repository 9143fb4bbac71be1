package org.inceptionspark.weights.onnx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.inceptionspark.weights.ExpectedTensors;
import org.inceptionspark.weights.Fixtures;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.ProtoWriter;
import org.inceptionspark.weights.TinyNetwork;
import org.inceptionspark.weights.WeightsOpener;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.PoolDivisor;
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
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("onnx/" + name))) {
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

  /** With one more node, behind the head's product. */
  private Path withNodes(ProtoWriter... nodes) throws IOException {
    ProtoWriter graph = new ProtoWriter();
    for (ProtoWriter node : nodes) {
      graph.message(1, node);
    }
    Path path = folder.resolve("longer.onnx");
    Files.write(path, Files.readAllBytes(Fixtures.path("onnx/keys.onnx")));
    Files.write(path, new ProtoWriter().message(7, graph).toByteArray(), StandardOpenOption.APPEND);
    return path;
  }

  /** An older exporter's head would be left out: labels would come out empty. */
  @Test
  void headsOfProductsAreRefused() throws IOException {
    ProtoWriter product =
        new ProtoWriter().text(1, "x").text(1, "w").text(2, "y").text(3, "fc").text(4, "MatMul");
    Path path = withNodes(product);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(
            path + ": node fc is a product; dense layers are known as Gemm, with their bias");
  }

  @Test
  void onlyReluStandsBetweenDenseLayers() throws IOException {
    ProtoWriter second =
        new ProtoWriter()
            .text(1, "y")
            .text(1, "fc.weight")
            .text(2, "z")
            .text(3, "fc2")
            .text(4, "Gemm")
            .message(5, new ProtoWriter().text(1, "transB").number(3, 1));
    ProtoWriter tanh =
        new ProtoWriter().text(1, "logits").text(2, "y").text(3, "t").text(4, "Tanh");
    Path path = withNodes(tanh, second);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(path + ": node t Tanh between dense layers, where only Relu is known");
    Path beside = withNodes(second);
    assertThatThrownBy(() -> ModelWeights.load(beside))
        .hasMessageEndingWith("fc2 does not take what a dense layer before it gives, through Relu");
  }

  /** An attribute: its name, then a fraction in little-endian order. */
  @Test
  void otherEpsilonsAreRefused() throws IOException {
    String graph = new String(Files.readAllBytes(Fixtures.path("onnx/keys.onnx")), ISO_8859_1);
    String usual = "epsilon\u0015\u006f\u0012\u0083\u003a";
    assertThat(graph).contains(usual);
    Path path = folder.resolve("epsilon.onnx");
    Files.writeString(
        path, graph.replaceFirst(usual, "epsilon\u0015\u00ac\u00c5\u0027\u0037"), ISO_8859_1);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessageEndingWith("normalises with epsilon 1.0E-5 instead of 0.001");
  }

  /** As torch 2 exports by default: nodes have the names of their modules. */
  @Test
  void foldedGraphIsReadByItsNodes() {
    assertFolded(ModelWeights.load(Fixtures.path("onnx/folded.onnx")));
  }

  /** As torch 1 does: nothing is called by its layer, only the edges are left. */
  @Test
  void graphWithoutNamesIsReadByItsEdges() {
    ModelWeights weights = ModelWeights.load(Fixtures.path("onnx/nameless.onnx"));
    assertFolded(weights);
    assertThat(weights.traits().poolDivisor()).isEqualTo(PoolDivisor.WINDOW);
    assertThat(weights.traits().lastPool()).isEqualTo(LastPool.AVERAGE);
  }

  private static void assertFolded(ModelWeights weights) {
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

  /** The order of joining is that of the next layer's channels. */
  @Test
  void otherOrderOfBranches() throws IOException {
    assertRefused(
        renamed(
            renamed(nameless(), "onnx::Concat_606", 1, "onnx::Concat_600"),
            "onnx::Concat_600",
            1,
            "onnx::Concat_606"),
        "Mixed_5b joins "
            + "3x3 3x3 3x3 pool 1x1 3x3 pool 1x1, 3x3 3x3 3x3 pool 1x1 3x3 pool 1x1 5x5, "
            + "3x3 3x3 3x3 pool 1x1 3x3 pool 1x1 3x3 3x3, 3x3 3x3 3x3 pool 1x1 3x3 pool pool 1x1; "
            + "found 3x3 3x3 3x3 pool 1x1 3x3 pool 1x1 5x5, 3x3 3x3 3x3 pool 1x1 3x3 pool 1x1, "
            + "3x3 3x3 3x3 pool 1x1 3x3 pool 1x1 3x3 3x3, 3x3 3x3 3x3 pool 1x1 3x3 pool pool 1x1");
  }

  /** The second block takes one branch's maps from before the first. */
  @Test
  void branchAroundABlock() throws IOException {
    assertRefused(
        renamed(nameless(), "input.84", 2, "input.36"),
        "Mixed_5c joins 1x1, 1x1 5x5, 1x1 3x3 3x3, pool 1x1; found 3x3 3x3 3x3 pool 1x1 3x3 pool "
            + "1x1, 1x1 5x5, 1x1 3x3 3x3, pool 1x1");
  }

  /** The last block's two forks are not of the same branch. */
  @Test
  void otherFork() throws IOException {
    assertRefused(
        renamed(nameless(), "input.608", 3, "input.624"),
        "Mixed_7c forks after other layers; found another fork at Conv_216");
  }

  @Test
  void graphWithoutBlocks() throws IOException {
    assertRefused(
        nameless().replace("Concat", "Concax"),
        "Mixed_7c joins 1x1, 1x1 1x3, 1x1 3x1, 1x1 3x3 1x3, 1x1 3x3 3x1, pool 1x1; found no block");
  }

  private void assertRefused(String graph, String why) throws IOException {
    Path path = Files.write(folder.resolve("other.onnx"), graph.getBytes(ISO_8859_1));
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(
            path
                + ": no convolution has a name that tells its layer, and the graph's edges are "
                + "not Inception V3's: "
                + why);
  }

  /** With another name of the same length at one of the places where the graph has this one. */
  private static String renamed(String graph, String name, int place, String other) {
    int at = -1;
    for (int i = 0; i < place; i++) {
      at = graph.indexOf(name, at + 1);
    }
    return graph.substring(0, at) + other + graph.substring(at + other.length());
  }

  private static String nameless() throws IOException {
    return new String(Files.readAllBytes(Fixtures.path("onnx/nameless.onnx")), ISO_8859_1);
  }
}
