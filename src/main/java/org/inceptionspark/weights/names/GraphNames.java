package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.OutputActivation;
import org.inceptionspark.weights.tensorflow.FrozenGraph;
import org.inceptionspark.weights.tensorflow.GraphEdges;
import org.inceptionspark.weights.tensorflow.GraphNode;

/**
 * Frozen graphs. The scope of each convolution identifies its layer, by TF-Slim's names or by
 * Keras' numbers; its constants are found along the edges, whatever their names.
 */
final class GraphNames {
  private static final Set<String> QUANTISED =
      Set.of("QuantizedConv2D", "QuantizedConv2DWithBiasAndRelu", "QuantizedMatMul");

  private final FrozenGraph graph;
  private final String source;
  private final GraphEdges edges;
  private final List<Binding> bindings = new ArrayList<>();

  private GraphNames(FrozenGraph graph, String source) {
    this.graph = graph;
    this.source = source;
    this.edges = new GraphEdges(graph, source);
  }

  /** Empty if the file is not a graph, or has no convolutions. */
  static Optional<Translation> translate(WeightsFile file, String source) {
    if (file instanceof FrozenGraph graph) {
      GraphNames names = new GraphNames(graph, source);
      names.refuseQuantised();
      return names.withOp("Conv2D").isEmpty() ? Optional.empty() : Optional.of(names.translation());
    }
    return Optional.empty();
  }

  private void refuseQuantised() {
    for (GraphNode node : graph.nodes()) {
      if (QUANTISED.contains(node.op())) {
        throw edges.error(Kind.UNSUPPORTED, node, "works on quantised numbers");
      }
    }
  }

  private List<GraphNode> withOp(String op) {
    return graph.nodes().stream().filter(node -> node.op().equals(op)).toList();
  }

  private Translation translation() {
    GraphConvolution convolution = new GraphConvolution(graph, edges);
    Map<String, NamedLayer> keras = kerasLayers();
    boolean of2015 = !withOp("BatchNormWithGlobalNormalization").isEmpty();
    for (GraphNode node : withOp("Conv2D")) {
      NamedLayer layer = keras.isEmpty() ? layer(node, of2015) : keras.get(scope(node));
      for (Map.Entry<String, String> constant : convolution.constants(node).entrySet()) {
        String variable = layer.variable(constant.getKey());
        bindings.add(new Binding(constant.getValue(), variable, Layout.SLIM));
      }
    }
    bindings.addAll(DenseHead.bindings(head(), Layout.DENSE, source));
    boolean sigmoid = withOp("Softmax").isEmpty() && !withOp("Sigmoid").isEmpty();
    return Translation.of(
        !keras.isEmpty()
            ? ModelFamily.KERAS
            : of2015 ? ModelFamily.INCEPTION_2015 : ModelFamily.SLIM,
        sigmoid ? OutputActivation.SIGMOID : OutputActivation.SOFTMAX,
        bindings);
  }

  /** Keras' layers by their names, if all convolutions are Keras'. */
  private Map<String, NamedLayer> kerasLayers() {
    List<String> scopes = withOp("Conv2D").stream().map(GraphNames::scope).toList();
    if (!scopes.stream().allMatch(KerasNumbers.CONVOLUTION.asMatchPredicate())) {
      return Map.of();
    }
    List<NamedLayer> base = NamedLayer.base();
    List<String> ordered =
        KerasNumbers.inOrder(scopes, KerasNumbers.CONVOLUTION, base.size(), "convolutions", source);
    return IntStream.range(0, base.size())
        .boxed()
        .collect(Collectors.toMap(ordered::get, base::get));
  }

  /** The innermost scope of a node. */
  private static String scope(GraphNode node) {
    String path = node.name().replaceFirst("/[^/]*$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The layer with the longest scope that the node's scope ends with. */
  private NamedLayer layer(GraphNode convolution, boolean of2015) {
    String path = "/" + convolution.name().replaceFirst("/[^/]*$", "");
    Function<NamedLayer, Optional<String>> scope =
        of2015 ? NamedLayer::graph2015 : layer -> Optional.of(layer.slim());
    return NamedLayer.all().stream()
        .filter(layer -> scope.apply(layer).filter(each -> path.endsWith("/" + each)).isPresent())
        .max(Comparator.comparing(layer -> scope.apply(layer).orElseThrow().length()))
        .orElseThrow(
            () ->
                edges.error(
                    Kind.UNSUPPORTED, convolution, "is in no scope of an Inception V3 by TF-Slim"));
  }

  /** Dense layers are matrix products, in the order of the graph. */
  private List<DenseHead.Dense> head() {
    List<DenseHead.Dense> head = new ArrayList<>();
    for (GraphNode product : withOp("MatMul")) {
      GraphNode add = edges.consumer(product);
      StoredTensor bias = tensor(edges.constant(add, edges.otherInput(add, product)));
      head.add(
          new DenseHead.Dense(
              product.name(), tensor(edges.constant(product, 1)), Optional.of(bias)));
    }
    return head;
  }

  private StoredTensor tensor(String constant) {
    return graph.tensors().stream()
        .filter(each -> each.name().equals(constant))
        .findFirst()
        .orElseThrow();
  }
}
