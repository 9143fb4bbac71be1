package org.inceptionspark.weights.names;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.tensorflow.FrozenGraph;
import org.inceptionspark.weights.tensorflow.GraphEdges;
import org.inceptionspark.weights.tensorflow.GraphNode;

/**
 * The constants of one convolution, found along the edges from it to its activation. Knows batch
 * normalisation as one fused node, as the single node of 2015, taken apart into arithmetic, and
 * folded into the kernel.
 */
final class GraphConvolution {
  /** TF-Slim's epsilon; the network has no other. */
  private static final float EPSILON = 0.001f;

  private final GraphEdges edges;
  private final FrozenGraph graph;

  GraphConvolution(FrozenGraph graph, GraphEdges edges) {
    this.graph = graph;
    this.edges = edges;
  }

  /** Names of constants by TF-Slim's leaf name: {@code weights}, {@code BatchNorm/beta}, ... */
  Map<String, String> constants(GraphNode convolution) {
    Map<String, String> constants = new LinkedHashMap<>();
    constants.put("weights", edges.constant(convolution, 1));
    GraphNode next = edges.consumer(convolution);
    switch (next.op()) {
      case "FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3" -> {
        requireEpsilon(next, "epsilon");
        put(constants, next, "gamma", 1);
        put(constants, next, "beta", 2);
        put(constants, next, "moving_mean", 3);
        put(constants, next, "moving_variance", 4);
      }
      case "BatchNormWithGlobalNormalization" -> {
        requireEpsilon(next, "variance_epsilon");
        put(constants, next, "moving_mean", 1);
        put(constants, next, "moving_variance", 2);
        put(constants, next, "beta", 3);
        if (scales(next)) {
          put(constants, next, "gamma", 4);
        }
      }
      case "BiasAdd", "Add", "AddV2" ->
          constants.put("biases", edges.constant(next, edges.otherInput(next, convolution)));
      case "Mul" -> arithmetic(convolution, next, constants);
      default ->
          throw edges.error(
              Kind.UNSUPPORTED,
              next,
              "follows a convolution, but is neither batch normalisation nor bias");
    }
    return constants;
  }

  private void put(Map<String, String> constants, GraphNode norm, String leaf, int input) {
    constants.put("BatchNorm/" + leaf, edges.constant(norm, input));
  }

  /**
   * {@code x * scale + (beta - mean * scale)} with {@code scale = rsqrt(variance + e) [* gamma]}.
   */
  private void arithmetic(GraphNode convolution, GraphNode mul, Map<String, String> constants) {
    GraphNode scale = edges.producer(mul, edges.otherInput(mul, convolution));
    GraphNode root = scale;
    if (scale.op().equals("Mul")) {
      int rootInput = edges.producer(scale, 0).op().equals("Rsqrt") ? 0 : 1;
      root = edges.producer(scale, rootInput);
      put(constants, scale, "gamma", 1 - rootInput);
    }
    GraphNode add = edges.consumer(mul);
    GraphNode offset = edges.producer(add, edges.otherInput(add, mul));
    if (!root.op().equals("Rsqrt") || !offset.op().equals("Sub")) {
      throw edges.error(
          Kind.UNSUPPORTED,
          mul,
          "is not the start of a batch normalisation: scale from "
              + root.name()
              + ", offset from "
              + offset.name());
    }
    variance(edges.producer(root, 0), constants);
    put(constants, offset, "beta", 0);
    GraphNode meanTimesScale = edges.producer(offset, 1);
    put(constants, meanTimesScale, "moving_mean", edges.otherInput(meanTimesScale, scale));
  }

  private void variance(GraphNode add, Map<String, String> constants) {
    String first = edges.constant(add, 0);
    String second = edges.constant(add, 1);
    boolean firstIsEpsilon = graph.read(first).shape().rank() == 0;
    float[] epsilon = graph.read(firstIsEpsilon ? first : second).data();
    if (epsilon.length != 1) {
      throw edges.error(Kind.UNSUPPORTED, add, "adds " + epsilon.length + " values to a variance");
    }
    requireEpsilon(add, epsilon[0]);
    constants.put("BatchNorm/moving_variance", firstIsEpsilon ? second : first);
  }

  private void requireEpsilon(GraphNode norm, String attribute) {
    requireEpsilon(norm, norm.number(attribute).orElse(EPSILON));
  }

  private void requireEpsilon(GraphNode norm, float epsilon) {
    if (Math.abs(epsilon - EPSILON) > 1e-7f) {
      throw edges.error(
          Kind.UNSUPPORTED, norm, "normalises with epsilon " + epsilon + " instead of " + EPSILON);
    }
  }

  /** Its gamma is present even where it is not used. */
  private static boolean scales(GraphNode norm) {
    return norm.flag("scale_after_normalization");
  }
}
