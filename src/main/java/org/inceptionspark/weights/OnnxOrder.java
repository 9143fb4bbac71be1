package org.inceptionspark.weights;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inceptionspark.weights.WeightsException.Kind;

/**
 * Layers of an export without names, as torch 1 makes by default: its convolutions stand in the
 * order of the forward pass, which is that of {@link NamedLayer}. Where each one's map comes from
 * must bear that out.
 */
final class OnnxOrder {
  private static final Set<String> POOLS = Set.of("AveragePool", "MaxPool");
  private static final Set<String> PASSING =
      Set.of("Relu", "Clip", "Pad", "Identity", "BatchNormalization", "AveragePool", "MaxPool");

  private final String source;
  private final Map<String, OnnxNode> producers = new HashMap<>();
  private final Map<OnnxNode, NamedLayer> layers = new IdentityHashMap<>();

  private OnnxOrder(OnnxFile graph, String source) {
    this.source = source;
    for (OnnxNode node : graph.nodes()) {
      node.outputs().forEach(output -> producers.put(output, node));
    }
  }

  /**
   * Where a convolution's map was made.
   *
   * @param node a convolution or a concatenation; null for the network's input
   */
  private record Origin(OnnxNode node, boolean pooled) {}

  /**
   * The layer of each convolution.
   *
   * @throws WeightsException UNSUPPORTED if the graph is not that of an Inception V3
   */
  static Map<OnnxNode, NamedLayer> of(OnnxFile graph, List<OnnxNode> nodes, String source) {
    List<NamedLayer> base = NamedLayer.base();
    if (nodes.size() != base.size()) {
      throw new WeightsException(
          Kind.UNSUPPORTED,
          source,
          "Inception V3 has " + base.size() + " convolutions, found " + nodes.size());
    }
    OnnxOrder order = new OnnxOrder(graph, source);
    for (int i = 0; i < nodes.size(); i++) {
      order.add(nodes.get(i), base.get(i));
    }
    return order.layers;
  }

  private void add(OnnxNode node, NamedLayer layer) {
    Origin origin = origin(node);
    NamedLayer before = origin.node == null ? null : layers.get(origin.node);
    boolean first = layers.values().stream().noneMatch(each -> branch(each).equals(branch(layer)));
    boolean stem = branch(layer).isEmpty();
    boolean fits;
    if (first && !stem) {
      boolean block = before == null ? origin.node != null : branch(before).isEmpty();
      fits = block && origin.pooled == branch(layer).endsWith("Branch_3");
    } else if (first) {
      fits = origin.node == null;
    } else {
      fits = before != null && branch(before).equals(branch(layer)) && (stem || !origin.pooled);
    }
    if (!fits) {
      throw new WeightsException(
          Kind.UNSUPPORTED,
          source,
          "convolution "
              + node.name()
              + " has no name that tells its layer, and by its place it would be "
              + layer.slim()
              + ", whose input comes from elsewhere");
    }
    layers.put(node, layer);
  }

  private Origin origin(OnnxNode convolution) {
    Set<OnnxNode> passed = new HashSet<>();
    boolean pooled = false;
    OnnxNode node = producers.get(convolution.inputs().get(0));
    while (node != null && PASSING.contains(node.op()) && passed.add(node)) {
      pooled |= POOLS.contains(node.op());
      node = node.inputs().isEmpty() ? null : producers.get(node.inputs().get(0));
    }
    return new Origin(node, pooled);
  }

  /** The part of a block that a layer is in; empty before the first block. */
  private static String branch(NamedLayer layer) {
    return layer.slim().substring(0, Math.max(0, layer.slim().lastIndexOf('/')));
  }
}
