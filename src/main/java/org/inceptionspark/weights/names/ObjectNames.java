package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.OutputActivation;

/**
 * Keys of TF2 object checkpoints and SavedModels that Keras wrote: {@code
 * layer_with_weights-12/kernel/.ATTRIBUTES/VARIABLE_VALUE}, convolutions and batch normalisations
 * counted together in the order of layers. The network may be a part of another model, whose other
 * layers are then the head.
 */
final class ObjectNames {
  private static final Pattern TENSOR =
      Pattern.compile("(.+)/([A-Za-z]\\w*)/\\.ATTRIBUTES/VARIABLE_VALUE");

  /** Optimizers, metrics and Keras' own bookkeeping. */
  private static final Pattern NO_LAYER =
      Pattern.compile("(?:.*/)?(?:_.*|\\.OPTIMIZER_SLOT/.*|optimizer/.*|keras_api/.*)");

  private static final List<String> NORM_LEAVES =
      List.of("gamma", "beta", "moving_mean", "moving_variance");

  /** Numbers from here on belong to the head. */
  private static final int END =
      NamedLayer.base().stream()
          .mapToInt(each -> each.objectNorm().getAsInt() + 1)
          .max()
          .getAsInt();

  private final String source;
  private final Map<LayerPath, Map<String, StoredTensor>> objects = new LinkedHashMap<>();
  private final List<Binding> bindings = new ArrayList<>();

  private ObjectNames(String source) {
    this.source = source;
  }

  static Optional<Translation> translate(WeightsFile file, String source) {
    ObjectNames names = new ObjectNames(source);
    file.tensors().forEach(names::add);
    return names.network().map(names::translation);
  }

  private void add(StoredTensor tensor) {
    Matcher name = TENSOR.matcher(tensor.name());
    if (name.matches() && isLayerVariable(tensor, name.group(1) + "/" + name.group(2))) {
      objects
          .computeIfAbsent(LayerPath.of(name.group(1), "/"), path -> new HashMap<>())
          .put(name.group(2), tensor);
    }
  }

  /** Counters and rates are single numbers. */
  private static boolean isLayerVariable(StoredTensor tensor, String path) {
    return tensor.dtype().isFloat()
        && tensor.shape().rank() > 0
        && !NO_LAYER.matcher(path).matches();
  }

  /** The object whose numbered parts are the convolutions. */
  private Optional<LayerPath> network() {
    Map<LayerPath, Long> convolutions =
        objects.keySet().stream()
            .filter(path -> path.number().isPresent() && isConvolution(objects.get(path)))
            .collect(Collectors.groupingBy(LayerPath::parent, Collectors.counting()));
    List<LayerPath> whole =
        convolutions.keySet().stream()
            .filter(path -> convolutions.get(path) >= NamedLayer.base().size())
            .toList();
    if (whole.size() > 1) {
      throw unsupported("has several networks: " + LayerPath.words(whole));
    }
    return convolutions.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  private static boolean isConvolution(Map<String, StoredTensor> variables) {
    return variables.containsKey("kernel") && variables.get("kernel").shape().rank() == 4;
  }

  private Translation translation(LayerPath network) {
    Map<Integer, Map<String, StoredTensor>> layers = new HashMap<>();
    List<LayerPath> rest = new ArrayList<>();
    objects.forEach(
        (path, variables) -> {
          if (path.parent().equals(network) && path.number().orElse(END) < END) {
            layers.put(path.number().get(), variables);
          } else {
            rest.add(path);
          }
        });
    for (NamedLayer layer : NamedLayer.base()) {
      bind(layers, layer.objectKernel(), "kernel", layer.variable("weights"));
      bind(layers, layer.objectKernel(), "bias", layer.variable("biases"));
      for (String leaf : NORM_LEAVES) {
        bind(layers, layer.objectNorm(), leaf, layer.variable("BatchNorm/" + leaf));
      }
    }
    if (rest.stream().map(path -> path.parent().equals(network)).distinct().count() > 1) {
      throw unsupported("has one head after another: " + LayerPath.words(rest));
    }
    List<DenseHead.Dense> head = LayerPath.inOrder(rest, source).stream().map(this::dense).toList();
    bindings.addAll(DenseHead.bindings(head, Layout.DENSE, source));
    return Translation.of(ModelFamily.KERAS, OutputActivation.SOFTMAX, bindings);
  }

  private DenseHead.Dense dense(LayerPath path) {
    Map<String, StoredTensor> variables = objects.get(path);
    boolean more = !List.of("kernel", "bias").containsAll(variables.keySet());
    return new DenseHead.Dense(
        path.toString(),
        more ? null : variables.get("kernel"),
        Optional.ofNullable(variables.get("bias")));
  }

  private void bind(
      Map<Integer, Map<String, StoredTensor>> layers,
      OptionalInt number,
      String leaf,
      String variable) {
    StoredTensor tensor = layers.getOrDefault(number.getAsInt(), Map.of()).get(leaf);
    if (tensor != null) {
      bindings.add(new Binding(tensor.name(), variable, Layout.SLIM));
    }
  }

  private WeightsException unsupported(String detail) {
    return new WeightsException(Kind.UNSUPPORTED, source, detail);
  }
}
