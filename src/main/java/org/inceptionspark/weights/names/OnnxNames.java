package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.OutputActivation;
import org.inceptionspark.weights.model.PoolDivisor;
import org.inceptionspark.weights.onnx.OnnxFile;
import org.inceptionspark.weights.onnx.OnnxNode;

/**
 * ONNX graphs exported by torch or this project. The name of a convolution's kernel or, where the
 * exporter generated that, of its node identifies the layer; the rest is found along the edges.
 */
final class OnnxNames {
  private static final int USUAL_MAX_POOLS = 4;

  /** TF-Slim's epsilon, which is torchvision's too; the network has no other. */
  private static final float EPSILON = 0.001f;

  /** What a node without the attribute has. */
  private static final float ONNX_EPSILON = 1e-5f;

  /** What this project's own export calls a kernel: TF-Slim's name. */
  private static final Pattern OWN_KERNEL = Pattern.compile("InceptionV3/.+/weights");

  private final OnnxFile graph;
  private final String source;
  private final List<Binding> bindings = new ArrayList<>();

  private OnnxNames(OnnxFile graph, String source) {
    this.graph = graph;
    this.source = source;
  }

  static Optional<Translation> translate(WeightsFile file, String source) {
    return file instanceof OnnxFile graph
        ? Optional.of(new OnnxNames(graph, source).translation())
        : Optional.empty();
  }

  private Stream<OnnxNode> withOp(String op) {
    return graph.nodes().stream().filter(node -> node.op().equals(op));
  }

  private Translation translation() {
    if (withOp("Conv").anyMatch(this::isNamed)) {
      withOp("Conv").forEach(this::bindConvolution);
    } else {
      OnnxEdges.convolutions(graph, source).forEach(this::bindConvolution);
    }
    bindings.addAll(OnnxHead.of(graph, source).bindings());
    boolean counting = withOp("AveragePool").anyMatch(this::countsPadding);
    boolean sigmoid = withOp("Sigmoid").findAny().isPresent();
    boolean own = bindings.stream().anyMatch(each -> each.stored().equals(each.variable()));
    ModelFamily family = own ? ModelFamily.SLIM : ModelFamily.TORCH;
    return new Translation(
        family,
        counting ? PoolDivisor.WINDOW : PoolDivisor.EXISTING,
        withOp("MaxPool").count() > USUAL_MAX_POOLS ? LastPool.MAXIMUM : LastPool.AVERAGE,
        sigmoid ? OutputActivation.SIGMOID : OutputActivation.SOFTMAX,
        family.preprocessing(),
        List.copyOf(bindings));
  }

  /** By its own attribute or, as torch's older exporters wrote it, over a map padded before. */
  private boolean countsPadding(OnnxNode pool) {
    return pool.numbers().getOrDefault("count_include_pad", 0L) != 0
        || withOp("Pad").anyMatch(pad -> pad.outputs().contains(pool.inputs().get(0)));
  }

  private boolean isNamed(OnnxNode convolution) {
    String kernel = graph.initializer(convolution, 1).name();
    return OWN_KERNEL.matcher(kernel).matches()
        || layer(kernel).or(() -> layer(convolution.name())).isPresent();
  }

  private void bindConvolution(OnnxNode node) {
    StoredTensor kernel = graph.initializer(node, 1);
    if (OWN_KERNEL.matcher(kernel.name()).matches()) {
      bindings.add(new Binding(kernel.name(), kernel.name(), Layout.OIHW));
      bind(node, 2, kernel.name().replaceFirst("weights$", "biases"));
      return;
    }
    NamedLayer layer =
        layer(kernel.name())
            .or(() -> layer(node.name()))
            .orElseThrow(
                () ->
                    new WeightsException(
                        Kind.UNSUPPORTED,
                        source,
                        "convolution " + node.name() + " is no known layer of an Inception V3"));
    bindConvolution(layer, node);
  }

  private void bindConvolution(NamedLayer layer, OnnxNode node) {
    String kernel = graph.initializer(node, 1).name();
    bindings.add(new Binding(kernel, layer.variable("weights"), Layout.OIHW));
    if (node.inputs().size() > 2) {
      bind(node, 2, layer.variable("biases"));
    }
    withOp("BatchNormalization")
        .filter(norm -> norm.inputs().size() == 5)
        .filter(norm -> norm.inputs().get(0).equals(node.outputs().get(0)))
        .forEach(
            norm -> {
              requireEpsilon(norm);
              bind(norm, 1, layer.variable("BatchNorm/gamma"));
              bind(norm, 2, layer.variable("BatchNorm/beta"));
              bind(norm, 3, layer.variable("BatchNorm/moving_mean"));
              bind(norm, 4, layer.variable("BatchNorm/moving_variance"));
            });
  }

  private void requireEpsilon(OnnxNode norm) {
    float epsilon = norm.fractions().getOrDefault("epsilon", ONNX_EPSILON);
    if (Math.abs(epsilon - EPSILON) > 1e-7f) {
      throw new WeightsException(
          Kind.UNSUPPORTED,
          source,
          "node " + norm.name() + " normalises with epsilon " + epsilon + " instead of " + EPSILON);
    }
  }

  private void bind(OnnxNode node, int input, String variable) {
    bindings.add(new Binding(graph.initializer(node, input).name(), variable, Layout.SLIM));
  }

  /** The layer with the longest torch or TF-Slim scope that a name contains. */
  private static Optional<NamedLayer> layer(String name) {
    String path = "/" + name.replace('.', '/') + "/";
    return NamedLayer.all().stream()
        .filter(layer -> length(layer, path) > 0)
        .max(Comparator.comparingInt(layer -> length(layer, path)));
  }

  private static int length(NamedLayer layer, String path) {
    int slim = path.contains("/" + layer.slim() + "/") ? layer.slim().length() : 0;
    String module = layer.torch().orElse("fc").replace('.', '/');
    return Math.max(slim, path.contains("/" + module + "/") ? module.length() : 0);
  }
}
