package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.names.NamedLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph with the scopes and operations of December 2015, around the tiny network's values. */
class Graph2015Test {
  private static final float EPSILON = 0.001f;

  @TempDir Path folder;

  private static ProtoWriter attribute(String name, ProtoWriter value) {
    return new ProtoWriter().text(1, name).message(2, value);
  }

  private static ProtoWriter node(String name, String op, String... inputs) {
    ProtoWriter node = new ProtoWriter().text(1, name).text(2, op);
    for (String input : inputs) {
      node.text(3, input);
    }
    return node;
  }

  private static ProtoWriter constant(String name, Shape shape, float[] values) {
    ProtoWriter dimensions = new ProtoWriter();
    for (int dimension : shape.dimensions()) {
      dimensions.message(2, new ProtoWriter().number(1, dimension));
    }
    ProtoWriter tensor =
        new ProtoWriter().number(1, 1).message(2, dimensions).bytes(4, ProtoWriter.floats(values));
    return node(name, "Const").message(5, attribute("value", new ProtoWriter().message(8, tensor)));
  }

  private static void addConvolution(ProtoWriter graph, NamedLayer layer, float epsilon) {
    Map<String, Tensor> tensors = TinyNetwork.tensors();
    String scope = layer.graph2015().orElseThrow();
    String norm = scope + "/batchnorm/";
    Tensor kernel = tensors.get(layer.variable("weights"));
    graph.message(1, constant(scope + "/conv2d_params", kernel.shape(), kernel.data()));
    for (String leaf : new String[] {"beta", "moving_mean", "moving_variance"}) {
      Tensor tensor = tensors.get(layer.variable("BatchNorm/" + leaf));
      graph.message(1, constant(norm + leaf, tensor.shape(), tensor.data()));
    }
    Shape width = Shape.of(kernel.shape().lastDimension());
    graph.message(1, constant(norm + "gamma", width, new float[width.elements()]));
    graph.message(1, node(scope + "/Conv2D", "Conv2D", "image", scope + "/conv2d_params"));
    graph.message(
        1,
        node(
                scope + "/batchnorm",
                "BatchNormWithGlobalNormalization",
                scope + "/Conv2D",
                norm + "moving_mean",
                norm + "moving_variance",
                norm + "beta",
                norm + "gamma")
            .message(5, attribute("variance_epsilon", new ProtoWriter().fixed(4, epsilon)))
            .message(5, attribute("scale_after_normalization", new ProtoWriter().number(5, 0))));
  }

  private Path graph(float epsilon) throws IOException {
    ProtoWriter graph = new ProtoWriter().message(1, node("image", "Placeholder"));
    NamedLayer.base().forEach(layer -> addConvolution(graph, layer, epsilon));
    Map<String, Tensor> tensors = TinyNetwork.tensors();
    String logits = "InceptionV3/Logits/Conv2d_1c_1x1/";
    float[] kernel = tensors.get(logits + "weights").data();
    float[] biases = tensors.get(logits + "biases").data();
    graph
        .message(1, constant("softmax/weights", Shape.of(kernel.length / 11, 11), kernel))
        .message(1, constant("softmax/biases", Shape.of(11), biases))
        .message(1, node("softmax/logits/MatMul", "MatMul", "image", "softmax/weights"))
        .message(1, node("softmax/logits", "BiasAdd", "softmax/logits/MatMul", "softmax/biases"));
    return Files.write(folder.resolve("graph.pb"), graph.toByteArray());
  }

  @Test
  void scopesAndBatchNormOf2015() throws IOException {
    ModelWeights weights = ModelWeights.load(graph(EPSILON));
    TinyNetwork.assertLoaded(weights, TinyNetwork.mainVariables());
    assertThat(weights.variables()).hasSize(378);
    assertThat(weights.traits().family()).isEqualTo(ModelFamily.INCEPTION_2015);
    assertThat(weights.traits().lastPool()).isEqualTo(LastPool.MAXIMUM);
    assertThat(weights.traits().gamma()).as("a scale that is not used").isFalse();
  }

  @Test
  void anotherEpsilonIsRefused() throws IOException {
    Path path = graph(0.01f);
    assertThatThrownBy(() -> ModelWeights.load(path))
        .hasMessage(
            path
                + ": node conv/batchnorm (BatchNormWithGlobalNormalization) normalises with "
                + "epsilon 0.01 instead of 0.001");
  }
}
