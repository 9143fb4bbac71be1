package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inceptionspark.weights.file.KerasModel;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.OutputActivation;

/** Keras names such as {@code conv2d_7/kernel:0}, whatever groups stand before them. */
final class KerasNames {
  private static final Pattern TENSOR =
      Pattern.compile(
          "(?:.*/)?([^/]+)/(kernel|bias|gamma|beta|moving_mean|moving_variance)(?::0)?");

  /** Variables of batch normalisation in Keras' words, each with TF-Slim's leaf name the same. */
  private static final List<String> NORM_LEAVES =
      List.of("gamma", "beta", "moving_mean", "moving_variance");

  private final WeightsFile file;
  private final String source;
  private final Map<String, Map<String, StoredTensor>> layers = new TreeMap<>();

  private KerasNames(WeightsFile file, String source) {
    this.file = file;
    this.source = source;
  }

  static Optional<Translation> translate(WeightsFile file, String source) {
    KerasNames names = new KerasNames(file, source);
    file.tensors().forEach(names::add);
    boolean keras =
        names.layers.keySet().stream().anyMatch(KerasNumbers.CONVOLUTION.asMatchPredicate());
    return keras ? Optional.of(names.translation()) : Optional.empty();
  }

  private void add(StoredTensor tensor) {
    Matcher name = TENSOR.matcher(tensor.name());
    if (name.matches()) {
      StoredTensor other =
          layers
              .computeIfAbsent(name.group(1), layer -> new HashMap<>())
              .put(name.group(2), tensor);
      if (other != null) {
        throw new WeightsException(
                Kind.DUPLICATE, source, "the same layer and variable as " + other.name())
            .about(tensor.name());
      }
    }
  }

  private Translation translation() {
    List<Binding> bindings = new ArrayList<>();
    List<NamedLayer> base = NamedLayer.base();
    List<String> convolutions = inOrder(KerasNumbers.CONVOLUTION, "convolutions");
    List<String> norms = inOrder(KerasNumbers.NORMALISATION, "batch normalisations");
    for (int i = 0; i < base.size(); i++) {
      NamedLayer layer = base.get(i);
      Map<String, StoredTensor> convolution = layers.get(convolutions.get(i));
      bind(bindings, convolution, "kernel", layer.variable("weights"), Layout.SLIM);
      bind(bindings, convolution, "bias", layer.variable("biases"), Layout.SLIM);
      Map<String, StoredTensor> norm = norms.isEmpty() ? Map.of() : layers.get(norms.get(i));
      for (String leaf : NORM_LEAVES) {
        bind(bindings, norm, leaf, layer.variable("BatchNorm/" + leaf), Layout.SLIM);
      }
    }
    layers.keySet().removeAll(convolutions);
    layers.keySet().removeAll(norms);
    Optional<KerasConfig> config = config();
    List<DenseHead.Dense> head = KerasHead.of(layers, config, source);
    bindings.addAll(DenseHead.bindings(head, Layout.DENSE, source));
    OutputActivation output = config.map(KerasConfig::output).orElse(OutputActivation.SOFTMAX);
    return Translation.of(ModelFamily.KERAS, output, bindings);
  }

  private Optional<KerasConfig> config() {
    return file instanceof KerasModel model
        ? model.config().map(json -> KerasConfig.of(json, source))
        : Optional.empty();
  }

  private List<String> inOrder(Pattern kind, String plural) {
    return KerasNumbers.inOrder(layers.keySet(), kind, NamedLayer.base().size(), plural, source);
  }

  private static void bind(
      List<Binding> bindings,
      Map<String, StoredTensor> layer,
      String leaf,
      String variable,
      Layout layout) {
    StoredTensor tensor = layer.get(leaf);
    if (tensor != null) {
      bindings.add(new Binding(tensor.name(), variable, layout));
    }
  }
}
