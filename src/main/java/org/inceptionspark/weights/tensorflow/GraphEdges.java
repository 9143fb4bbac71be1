package org.inceptionspark.weights.tensorflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** Follows a graph's edges, past nodes that change nothing. */
public final class GraphEdges {
  private static final Set<String> PASSING = Set.of("Identity", "StopGradient", "CheckNumerics");

  private final FrozenGraph graph;
  private final String source;
  private final Map<String, List<GraphNode>> consumers = new HashMap<>();

  public GraphEdges(FrozenGraph graph, String source) {
    this.graph = graph;
    this.source = source;
    for (GraphNode node : graph.nodes()) {
      for (String input : node.inputs()) {
        consumers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
      }
    }
  }

  /** The node that makes an input. */
  public GraphNode producer(GraphNode node, int input) {
    if (input >= node.inputs().size()) {
      throw error(Kind.BAD_STRUCTURE, node, "has no input " + input);
    }
    Set<String> passed = new HashSet<>();
    GraphNode producer = graph.node(node.inputs().get(input));
    while (PASSING.contains(producer.op()) && !producer.inputs().isEmpty()) {
      if (!passed.add(producer.name())) {
        throw error(Kind.BAD_STRUCTURE, producer, "is its own input");
      }
      producer = graph.node(producer.inputs().get(0));
    }
    return producer;
  }

  /** The constant that makes an input. */
  public String constant(GraphNode node, int input) {
    GraphNode producer = producer(node, input);
    if (!producer.op().equals("Const")) {
      throw error(
          Kind.UNSUPPORTED,
          node,
          "takes its weights from "
              + producer.name()
              + ", a "
              + producer.op()
              + " instead of a constant");
    }
    return producer.name();
  }

  /** The only node that takes this one's output. */
  public GraphNode consumer(GraphNode node) {
    GraphNode current = node;
    for (int step = 0; step < graph.nodes().size(); step++) {
      List<GraphNode> next = consumers.getOrDefault(current.name(), List.of());
      if (next.size() != 1) {
        throw error(Kind.UNSUPPORTED, node, "feeds " + next.size() + " nodes instead of one");
      }
      current = next.get(0);
      if (!PASSING.contains(current.op())) {
        return current;
      }
    }
    throw error(Kind.BAD_STRUCTURE, node, "feeds itself");
  }

  /** The index of the input that does not come from the given node, for nodes of two inputs. */
  public int otherInput(GraphNode node, GraphNode known) {
    return producer(node, 0).name().equals(known.name()) ? 1 : 0;
  }

  public WeightsException error(Kind kind, GraphNode node, String detail) {
    return new WeightsException(
        kind, source, "node " + node.name() + " (" + node.op() + ") " + detail);
  }
}
