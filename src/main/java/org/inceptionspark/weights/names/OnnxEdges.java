package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.onnx.OnnxFile;
import org.inceptionspark.weights.onnx.OnnxNode;

/**
 * The layers of a graph without names, found backwards along its edges: a concatenation ends a
 * block, and {@link BlockPath} identifies the paths to it.
 */
final class OnnxEdges {
  private static final Set<String> POOLS = Set.of("AveragePool", "MaxPool");
  private static final Set<String> PASSING =
      Set.of("Relu", "Clip", "Pad", "Identity", "BatchNormalization", "Dropout", "Cast");

  /** No block has more inputs to its concatenation; more are not followed. */
  private static final int MOST_WAYS = 6;

  /** A block also concatenates what its forked branches have concatenated. */
  private static final int DEEPEST = 2;

  private static final int LONGEST_SHOWN = 200;

  private final OnnxFile graph;
  private final String source;
  private final Map<String, OnnxNode> producers = new HashMap<>();
  private final Map<NamedLayer, OnnxNode> convolutions = new LinkedHashMap<>();

  private OnnxEdges(OnnxFile graph, String source) {
    this.graph = graph;
    this.source = source;
    for (OnnxNode node : graph.nodes()) {
      node.outputs().forEach(output -> producers.put(output, node));
    }
  }

  /**
   * A path back through a block.
   *
   * @param steps pools and convolutions, in the order of computation
   * @param origin the node that makes the maps that enter; none for the graph's input
   */
  private record Way(List<OnnxNode> steps, Optional<OnnxNode> origin) {}

  /**
   * The convolution of each layer.
   *
   * @throws WeightsException UNSUPPORTED if the graph is not that of an Inception V3
   */
  static Map<NamedLayer, OnnxNode> convolutions(OnnxFile graph, String source) {
    OnnxEdges edges = new OnnxEdges(graph, source);
    Optional<OnnxNode> end = edges.lastBlock();
    for (Map.Entry<String, List<BlockPath>> block : BlockPath.fromTheEnd().entrySet()) {
      end = edges.follow(block.getKey(), block.getValue(), end);
    }
    return edges.convolutions;
  }

  /** The last concatenation of maps; others may concatenate the dimensions of a shape. */
  private Optional<OnnxNode> lastBlock() {
    return graph.nodes().stream()
        .filter(OnnxEdges::joins)
        .filter(node -> ways(node, 0).stream().anyMatch(way -> !way.steps.isEmpty()))
        .reduce((before, after) -> after);
  }

  /**
   * Assigns the layers of the block that ends here; returns the node that makes the maps entering
   * it.
   */
  private Optional<OnnxNode> follow(String block, List<BlockPath> paths, Optional<OnnxNode> end) {
    List<Way> ways = end.map(concat -> ways(concat, 0)).orElse(List.of());
    String needed = paths.stream().map(BlockPath::signature).collect(Collectors.joining(", "));
    String found = ways.stream().map(this::signature).collect(Collectors.joining(", "));
    if (!found.equals(needed)) {
      String shown = found.substring(0, Math.min(found.length(), LONGEST_SHOWN));
      throw error(block, "joins " + needed, found.isEmpty() ? "no block" : shown);
    }
    if (ways.stream().map(Way::origin).distinct().count() > 1) {
      throw error(block, "has one input", "several");
    }
    for (int i = 0; i < ways.size(); i++) {
      take(block, paths.get(i).steps(), ways.get(i).steps);
    }
    return ways.get(0).origin;
  }

  private void take(String block, List<BlockPath.Step> steps, List<OnnxNode> nodes) {
    for (int i = 0; i < nodes.size(); i++) {
      Optional<NamedLayer> layer = steps.get(i).layer();
      if (layer.isPresent()) {
        OnnxNode node = nodes.get(i);
        boolean shared = convolutions.containsValue(node);
        OnnxNode known = convolutions.putIfAbsent(layer.get(), node);
        if (known == null ? shared : !known.equals(node)) {
          throw error(block, "forks after other layers", "another fork at " + node.name());
        }
      }
    }
  }

  /** In the order of the concatenation, which is that of the next layer's channels. */
  private List<Way> ways(OnnxNode concat, int depth) {
    List<Way> ways = new ArrayList<>();
    if (depth > DEEPEST || concat.inputs().size() > MOST_WAYS) {
      return ways;
    }
    for (String input : concat.inputs()) {
      Way way = way(input);
      boolean nested = way.steps.isEmpty() && way.origin.filter(OnnxEdges::joins).isPresent();
      ways.addAll(nested ? ways(way.origin.get(), depth + 1) : List.of(way));
    }
    return ways;
  }

  private Way way(String output) {
    LinkedList<OnnxNode> steps = new LinkedList<>();
    OnnxNode node = producers.get(output);
    for (int passed = 0; node != null && isStep(node) && passed < graph.nodes().size(); passed++) {
      if (!PASSING.contains(node.op())) {
        steps.addFirst(node);
      }
      node = node.inputs().isEmpty() ? null : producers.get(node.inputs().get(0));
    }
    return new Way(steps, Optional.ofNullable(node));
  }

  private static boolean isStep(OnnxNode node) {
    return isPool(node) || node.op().equals("Conv") || PASSING.contains(node.op());
  }

  private static boolean isPool(OnnxNode node) {
    return POOLS.contains(node.op());
  }

  private static boolean joins(OnnxNode node) {
    return node.op().equals("Concat");
  }

  private String signature(Way way) {
    return way.steps.stream()
        .map(node -> isPool(node) ? BlockPath.Step.POOL : kernel(node))
        .collect(Collectors.joining(" "));
  }

  private String kernel(OnnxNode convolution) {
    List<Integer> sizes = graph.initializer(convolution, 1).dimensions();
    return sizes.size() == 4 ? sizes.get(2) + "x" + sizes.get(3) : "rank" + sizes.size();
  }

  private WeightsException error(String block, String needed, String found) {
    return new WeightsException(
        Kind.UNSUPPORTED,
        source,
        "no convolution has a name that tells its layer, and the graph's edges are not Inception"
            + " V3's: "
            + block
            + " "
            + needed
            + "; found "
            + found);
  }
}
