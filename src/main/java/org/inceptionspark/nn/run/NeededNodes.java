package org.inceptionspark.nn.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inceptionspark.nn.EndPoint;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.Layer.AveragePool;
import org.inceptionspark.nn.Layer.Convolution;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.Node;

/** The nodes that lead to the wanted end points, and which of them can be computed together. */
final class NeededNodes {
  private final List<Node> nodes;
  private final Map<Node, List<Node>> consumers = new HashMap<>();
  private final Set<Node> captured = new HashSet<>();
  private final Map<Node, List<Node>> pointwise = new LinkedHashMap<>();

  NeededNodes(Graph graph, List<EndPoint> endPoints) {
    endPoints.forEach(endPoint -> captured.add(endPoint.node()));
    Set<Node> reached = reachedFrom(captured);
    nodes = graph.nodes().stream().filter(reached::contains).toList();
    for (Node node : nodes) {
      for (Node input : node.inputs()) {
        consumers.computeIfAbsent(input, unused -> new ArrayList<>()).add(node);
      }
    }
    for (Node node : nodes) {
      if (isPointwise(node)) {
        pointwise.computeIfAbsent(sourceOf(node), unused -> new ArrayList<>()).add(node);
      }
    }
  }

  /** In the graph's order. */
  List<Node> nodes() {
    return nodes;
  }

  List<Node> consumers(Node node) {
    return consumers.getOrDefault(node, List.of());
  }

  /** The convolutions computed together with this one, itself among them. */
  List<Node> siblings(Node convolution) {
    return isPointwise(convolution) ? pointwise.get(sourceOf(convolution)) : List.of(convolution);
  }

  /** Whether this convolution changes places with the average pool before it. */
  boolean isMoved(Node convolution) {
    return isPointwise(convolution) && isMovedBehind(convolution.input());
  }

  /** Whether this average pool is computed after its only consumer, a 1x1 convolution. */
  boolean isMovedBehind(Node pool) {
    if (!(pool.layer() instanceof AveragePool average) || captured.contains(pool)) {
      return false;
    }
    List<Node> next = consumers(pool);
    return average.window().stride() == 1
        && pool.output().pixels() == pool.input().output().pixels()
        && next.size() == 1
        && isPointwise(next.get(0));
  }

  /** The map that a convolution reads once pools have changed places. */
  Node sourceOf(Node convolution) {
    return isMoved(convolution) ? convolution.input().input() : convolution.input();
  }

  private static boolean isPointwise(Node node) {
    if (!(node.layer() instanceof Convolution convolution)) {
      return false;
    }
    Window window = convolution.window();
    return window.kernel().isPointwise() && window.stride() == 1;
  }

  private static Set<Node> reachedFrom(Set<Node> ends) {
    Set<Node> reached = new HashSet<>(ends);
    Deque<Node> open = new ArrayDeque<>(ends);
    while (!open.isEmpty()) {
      for (Node input : open.pop().inputs()) {
        if (reached.add(input)) {
          open.push(input);
        }
      }
    }
    return reached;
  }
}
