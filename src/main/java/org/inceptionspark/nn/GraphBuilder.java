package org.inceptionspark.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.inceptionspark.nn.Layer.AveragePool;
import org.inceptionspark.nn.Layer.Concatenation;
import org.inceptionspark.nn.Layer.Convolution;
import org.inceptionspark.nn.Layer.Divisor;
import org.inceptionspark.nn.Layer.Input;
import org.inceptionspark.nn.Layer.MaxPool;
import org.inceptionspark.nn.Layer.Softmax;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.tensor.Shape;

/**
 * Turns table lines into graph nodes, inferring shapes. Slim's layer defaults hold where neither
 * line nor scope says otherwise: convolutions have stride 1 and SAME, pools stride 2 and VALID.
 */
public final class GraphBuilder {
  private final Normalization normalization;
  private final IntUnaryOperator depth;
  private final Divisor divisor;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, EndPoint> endPoints = new LinkedHashMap<>();

  /**
   * @param depth the channels that a table line's channels become (the depth multiplier)
   * @param divisor what average pools divide by at padded borders
   */
  public GraphBuilder(
      MapShape input, Normalization normalization, IntUnaryOperator depth, Divisor divisor) {
    this.normalization = normalization;
    this.depth = depth;
    this.divisor = divisor;
    nodes.add(new Node(0, "input", new Input(), List.of(), input));
  }

  public Node input() {
    return nodes.get(0);
  }

  public Graph build() {
    return new Graph(nodes, endPoints);
  }

  /** Adds a table entry and everything in it; returns the node with its result. */
  public Node apply(Op op, Node input, String scope, List<Option> defaults) {
    if (op instanceof Op.Conv2d conv) {
      Window window = window(conv.kernel(), conv.options(), defaults, 1, Padding.SAME);
      return convolution(
          scope + "/" + conv.scope(),
          input,
          window,
          depth.applyAsInt(conv.channels()),
          normalization,
          Activation.RELU);
    }
    if (op instanceof Op.MaxPool2d pool) {
      Window window = window(pool.kernel(), pool.options(), defaults, 2, Padding.VALID);
      return windowed(scope + "/" + pool.scope(), new MaxPool(window), window, input);
    }
    if (op instanceof Op.AvgPool2d pool) {
      Window window = window(pool.kernel(), pool.options(), defaults, 2, Padding.VALID);
      return windowed(scope + "/" + pool.scope(), new AveragePool(window, divisor), window, input);
    }
    if (op instanceof Op.Mixed mixed) {
      return mixed(mixed, input, scope + "/" + mixed.scope(), defaults);
    }
    if (op instanceof Op.Concat concat) {
      List<Node> outputs = new ArrayList<>();
      for (Op.Branch branch : concat.branches()) {
        outputs.add(sequence(branch.ops(), input, scope, defaults));
      }
      return concatenation(scope + "/concat", outputs);
    }
    Op.ArgScope argScope = (Op.ArgScope) op;
    return sequence(argScope.ops(), input, scope, argScope.defaults());
  }

  /** Adds operations in sequence; returns the last result. */
  public Node sequence(List<Op> ops, Node input, String scope, List<Option> defaults) {
    Node node = input;
    for (Op op : ops) {
      node = apply(op, node, scope, defaults);
    }
    return node;
  }

  /** Adds a fully specified convolution, as the heads need. */
  public Node convolution(
      String scope,
      Node input,
      Window window,
      int channels,
      Normalization norm,
      Activation activation) {
    Convolution layer = new Convolution(window, channels, norm, activation);
    return add(scope, layer, List.of(input), fitting(scope, window, input).withChannels(channels));
  }

  /** Adds an average pool over existing elements, as the heads need. */
  public Node averagePool(String scope, Node input, Window window) {
    return windowed(scope, new AveragePool(window, Divisor.EXISTING), window, input);
  }

  public Node softmax(String scope, Node input) {
    return add(scope, new Softmax(), List.of(input), input.output());
  }

  /** Names a result; {@code shape} is one image's. */
  public void endPoint(String name, Node node, Shape shape) {
    endPoints.put(name, new EndPoint(name, node, shape));
  }

  /** Names a result that keeps its height, width and channels. */
  public void endPoint(String name, Node node) {
    MapShape map = node.output();
    endPoint(name, node, Shape.of(map.height(), map.width(), map.channels()));
  }

  private Node mixed(Op.Mixed mixed, Node input, String scope, List<Option> defaults) {
    List<Node> outputs = new ArrayList<>();
    for (Op.Branch branch : mixed.branches()) {
      String branchScope = scope + "/Branch_" + outputs.size();
      outputs.add(sequence(branch.ops(), input, branchScope, defaults));
    }
    return concatenation(scope + "/concat", outputs);
  }

  private Node windowed(String scope, Layer layer, Window window, Node input) {
    return add(scope, layer, List.of(input), fitting(scope, window, input));
  }

  private Node concatenation(String scope, List<Node> inputs) {
    int channels = inputs.stream().mapToInt(node -> node.output().channels()).sum();
    MapShape map = inputs.get(0).output().withChannels(channels);
    return add(scope, new Concatenation(), inputs, map);
  }

  private Node add(String scope, Layer layer, List<Node> inputs, MapShape output) {
    Node node = new Node(nodes.size(), scope, layer, List.copyOf(inputs), output);
    nodes.add(node);
    return node;
  }

  private static MapShape fitting(String scope, Window window, Node input) {
    MapShape output = window.output(input.output());
    if (output.height() < 1 || output.width() < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "input too small: the %s window of %s (%s) does not fit a map of %dx%d",
              window.kernel(),
              scope,
              window.padding(),
              input.output().height(),
              input.output().width()));
    }
    return output;
  }

  private static Window window(
      KernelSize kernel, List<Option> stated, List<Option> scoped, int stride, Padding padding) {
    int step = find(Stride.class, stated, scoped, new Stride(stride)).step();
    return new Window(kernel, step, find(Padding.class, stated, scoped, padding));
  }

  private static <T extends Option> T find(
      Class<T> kind, List<Option> stated, List<Option> scoped, T otherwise) {
    for (List<Option> options : List.of(stated, scoped)) {
      for (Option option : options) {
        if (kind.isInstance(option)) {
          return kind.cast(option);
        }
      }
    }
    return otherwise;
  }
}
