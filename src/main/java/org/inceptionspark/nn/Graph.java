package org.inceptionspark.nn;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.tensor.Variable;

/** A network for one input size: its operations in order, each shape known, and its end points. */
public final class Graph {
  private final List<Node> nodes;
  private final Map<String, EndPoint> endPoints;

  Graph(List<Node> nodes, Map<String, EndPoint> endPoints) {
    this.nodes = List.copyOf(nodes);
    this.endPoints = Collections.unmodifiableMap(new LinkedHashMap<>(endPoints));
  }

  /** In topological order; the first is the image. */
  public List<Node> nodes() {
    return nodes;
  }

  public Node input() {
    return nodes.get(0);
  }

  /** In Slim's order. */
  public Collection<EndPoint> endPoints() {
    return endPoints.values();
  }

  /**
   * The end point of this name.
   *
   * @throws IllegalArgumentException if the graph has none, naming those it has
   */
  public EndPoint endPoint(String name) {
    EndPoint endPoint = endPoints.get(name);
    if (endPoint == null) {
      throw new IllegalArgumentException(
          "unknown end point " + name + "; this network has " + endPoints.keySet());
    }
    return endPoint;
  }

  /** The convolutions in Slim's creation order. */
  public List<Node> convolutions() {
    return nodes.stream().filter(node -> node.layer() instanceof Layer.Convolution).toList();
  }

  /** Every model variable, in Slim's creation order. */
  public List<Variable> variables() {
    return convolutions().stream().flatMap(node -> Convolutions.variables(node).stream()).toList();
  }

  /** Multiplications for one image when each convolution is computed directly. */
  public long multiplications() {
    return convolutions().stream().mapToLong(Convolutions::multiplications).sum();
  }
}
