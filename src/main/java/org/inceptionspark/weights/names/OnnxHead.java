package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.onnx.OnnxFile;
import org.inceptionspark.weights.onnx.OnnxNode;

/** The dense layers behind the network of an ONNX graph: Gemm nodes, with ReLU between them. */
final class OnnxHead {
  /** What may stand between two dense layers and changes nothing. */
  private static final Set<String> NEUTRAL = Set.of("Identity", "Dropout", "Cast", "Flatten");

  private final OnnxFile graph;
  private final String source;
  private final List<OnnxNode> layers = new ArrayList<>();
  private final Map<String, OnnxNode> makers = new HashMap<>();

  private OnnxHead(OnnxFile graph, String source) {
    this.graph = graph;
    this.source = source;
  }

  static OnnxHead of(OnnxFile graph, String source) {
    OnnxHead head = new OnnxHead(graph, source);
    graph.nodes().forEach(head::add);
    return head;
  }

  private void add(OnnxNode node) {
    node.outputs().forEach(output -> makers.put(output, node));
    switch (node.op()) {
      case "Gemm" -> layers.add(node);
      case "MatMul" ->
          throw unsupported(node, "is a product; dense layers are known as Gemm, with their bias");
      default -> {}
    }
  }

  /**
   * The bindings of all dense layers; none if there are none.
   *
   * @throws WeightsException UNSUPPORTED if a layer computes anything else, or no ReLU follows it
   */
  List<Binding> bindings() {
    if (layers.isEmpty()) {
      return List.of();
    }
    boolean transposed = isTransposed(layers.get(0));
    List<DenseHead.Dense> dense = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      OnnxNode node = layers.get(i);
      if (number(node, "transA") != 0
          || isTransposed(node) != transposed
          || node.fractions().getOrDefault("alpha", 1f) != 1
          || node.fractions().getOrDefault("beta", 1f) != 1) {
        throw unsupported(node, "scales or turns what a dense layer leaves as it is");
      }
      if (i > 0) {
        requireRelu(layers.get(i - 1), node);
      }
      dense.add(
          new DenseHead.Dense(
              node.name(),
              graph.initializer(node, 1),
              node.inputs().size() > 2
                  ? Optional.of(graph.initializer(node, 2))
                  : Optional.empty()));
    }
    return DenseHead.bindings(dense, transposed ? Layout.DENSE_TRANSPOSED : Layout.DENSE, source);
  }

  private void requireRelu(OnnxNode from, OnnxNode to) {
    boolean rectified = false;
    OnnxNode node = makers.get(to.inputs().get(0));
    for (int step = 0; node != null && node != from && step <= makers.size(); step++) {
      if (node.op().equals("Relu")) {
        rectified = true;
      } else if (!NEUTRAL.contains(node.op())) {
        throw unsupported(node, node.op() + " between dense layers, where only Relu is known");
      }
      node = makers.get(node.inputs().isEmpty() ? "" : node.inputs().get(0));
    }
    if (node != from || !rectified) {
      throw unsupported(to, "does not take what a dense layer before it gives, through Relu");
    }
  }

  private static boolean isTransposed(OnnxNode node) {
    return number(node, "transB") != 0;
  }

  private static long number(OnnxNode node, String attribute) {
    return node.numbers().getOrDefault(attribute, 0L);
  }

  private WeightsException unsupported(OnnxNode node, String detail) {
    return new WeightsException(Kind.UNSUPPORTED, source, "node " + node.name() + " " + detail);
  }
}
