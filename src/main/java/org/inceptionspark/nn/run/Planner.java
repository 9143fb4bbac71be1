package org.inceptionspark.nn.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.kernels.Kernels;
import org.inceptionspark.nn.EndPoint;
import org.inceptionspark.nn.FoldedConvolution;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.Layer.AveragePool;
import org.inceptionspark.nn.Layer.Convolution;
import org.inceptionspark.nn.Layer.MaxPool;
import org.inceptionspark.nn.Layer.Softmax;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.Node;
import org.inceptionspark.nn.run.DirectConvolution.Part;
import org.inceptionspark.nn.run.Plan.Phase;
import org.inceptionspark.tensor.Tensor;

/** Turns the part of a graph that the wanted end points need into steps over buffers. */
final class Planner {
  private final Kernels kernels;
  private final Arithmetic arithmetic;
  private final Map<String, Tensor> variables;
  private final NeededNodes needed;
  private final Views views;
  private final List<Step> steps = new ArrayList<>();
  private final List<Capture> captures = new ArrayList<>();
  private final Map<Node, List<EndPoint>> wanted = new LinkedHashMap<>();
  private final Map<Node, Node> sources = new HashMap<>();
  private int mostTargets = 1;

  private Planner(
      Kernels kernels, Arithmetic arithmetic, NeededNodes needed, Map<String, Tensor> variables) {
    this.kernels = kernels;
    this.arithmetic = arithmetic;
    this.variables = variables;
    this.needed = needed;
    this.views = new Views(needed);
  }

  static Plan plan(
      Graph graph,
      List<EndPoint> endPoints,
      Map<String, Tensor> variables,
      Kernels kernels,
      Arithmetic arithmetic) {
    NeededNodes needed = new NeededNodes(graph, endPoints);
    Planner planner = new Planner(kernels, arithmetic, needed, variables);
    return planner.plan(graph, endPoints);
  }

  private Plan plan(Graph graph, List<EndPoint> endPoints) {
    for (EndPoint endPoint : endPoints) {
      wanted.computeIfAbsent(endPoint.node(), unused -> new ArrayList<>()).add(endPoint);
    }
    for (Node node : needed.nodes()) {
      add(node);
      for (EndPoint endPoint : wanted.getOrDefault(node, List.of())) {
        capture(endPoint);
      }
    }
    Buffer input = views.of(graph.input()).buffer();
    List<Phase> phases = Phases.of(steps);
    return new Plan(input, phases, BufferPlan.of(phases, input), captures, mostTargets, scratch());
  }

  private Scratch scratch() {
    return steps.stream().map(Step::scratch).reduce(Scratch.NONE, Scratch::union);
  }

  private void add(Node node) {
    if (node.layer() instanceof Convolution) {
      addConvolution(node);
    } else if (node.layer() instanceof MaxPool pool) {
      steps.add(
          new Pool(
              node.scope(),
              kernels,
              views.of(node.input()),
              pool.window(),
              new Pool.Maximum(),
              views.of(node)));
    } else if (node.layer() instanceof AveragePool pool && !needed.isMovedBehind(node)) {
      Pool.Mean mean =
          new Pool.Mean(
              pool.divisor(), new float[node.output().channels()], Float.NEGATIVE_INFINITY);
      addAverage(node, pool, views.of(node.input()), mean, views.of(node));
    } else if (node.layer() instanceof Softmax) {
      steps.add(
          new SoftmaxStep(node.scope() + " (softmax)", views.of(node.input()), views.of(node)));
    }
    // The image, a concatenation, a pool that follows its convolution: nothing to compute here.
  }

  private void addAverage(Node node, AveragePool pool, View source, Pool.Mean mean, View target) {
    steps.add(new Pool(node.scope(), kernels, source, pool.window(), mean, target));
  }

  /** All 1x1 convolutions of a map are one product, computed at the position of the first. */
  private void addConvolution(Node node) {
    if (sources.containsKey(node)) {
      finishMoved(node);
      return;
    }
    List<Node> together = needed.siblings(node);
    Algorithm algorithm = algorithm(together);
    if (!algorithm.isDirect()) {
      addWinograd(node, algorithm);
      return;
    }
    List<Part> parts = new ArrayList<>();
    for (Node sibling : together) {
      sources.put(sibling, node);
    }
    View source = views.of(needed.sourceOf(node));
    Convolution first = (Convolution) node.layer();
    ProductScheme scheme = algorithm.scheme();
    View firstCut = source.part(0, source.channels() / scheme.cuts());
    List<DepthBlocks.Block> blocks = DepthBlocks.of(first.window().kernel(), firstCut);
    int[] depths = blocks.stream().mapToInt(DepthBlocks.Block::depth).toArray();
    for (Node sibling : together) {
      parts.add(part(sibling, scheme, depths));
    }
    mostTargets = Math.max(mostTargets, parts.size());
    steps.add(
        new DirectConvolution(
            kernels, source, first.window(), node.output(), scheme, blocks, parts));
    finishMoved(node);
  }

  private void addWinograd(Node node, Algorithm algorithm) {
    Convolution convolution = (Convolution) node.layer();
    FoldedConvolution folded = FoldedConvolution.of(node, variables);
    MapShape map = node.input().output();
    steps.add(
        new WinogradConvolution(
            node.scope(),
            kernels,
            algorithm,
            views.of(node.input()),
            views.of(node),
            WinogradWeights.of(folded, algorithm, kernels),
            convolution.activation().floor(),
            convolution.window().top(map),
            convolution.window().left(map)));
  }

  /** Convolutions are computed together only if their algorithm is the same. */
  private Algorithm algorithm(List<Node> together) {
    List<Algorithm> algorithms = together.stream().map(arithmetic::algorithm).distinct().toList();
    return algorithms.size() == 1 ? algorithms.get(0) : Algorithm.DIRECT;
  }

  private Part part(Node node, ProductScheme scheme, int[] depths) {
    FoldedConvolution folded = FoldedConvolution.of(node, variables);
    int inputs = folded.kernel().length / folded.outputs();
    int columns = folded.outputs() / scheme.cuts();
    List<PackedMatrix> matrices =
        scheme.products().stream()
            .map(product -> scheme.right(product, folded.kernel(), inputs, folded.outputs()))
            .map(matrix -> PackedMatrix.of(matrix, columns, depths, kernels))
            .toList();
    if (needed.isMoved(node)) {
      float[] none = new float[folded.outputs()];
      return new Part(node.scope(), matrices, none, Float.NEGATIVE_INFINITY, views.linear(node));
    }
    float floor = ((Convolution) node.layer()).activation().floor();
    return new Part(node.scope(), matrices, folded.bias(), floor, views.of(node));
  }

  /**
   * An average pool and the 1x1 convolution after it commute, and the pool is far cheaper on the
   * convolution's few channels. Bias and ReLU then move to the pool.
   */
  private void finishMoved(Node node) {
    if (!needed.isMoved(node)) {
      return;
    }
    AveragePool pool = (AveragePool) node.input().layer();
    float[] bias = FoldedConvolution.of(node, variables).bias();
    float floor = ((Convolution) node.layer()).activation().floor();
    Pool.Mean mean = new Pool.Mean(pool.divisor(), bias, floor);
    addAverage(node.input(), pool, views.linear(node), mean, views.of(node));
  }

  private void capture(EndPoint endPoint) {
    Capture capture =
        new Capture(endPoint.name(), captures.size(), endPoint.shape(), views.of(endPoint.node()));
    captures.add(capture);
    steps.add(capture);
  }
}
