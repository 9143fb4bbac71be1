package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.OutputActivation;

/**
 * Keys of TF2 object checkpoints and SavedModels that Keras wrote: {@code
 * layer_with_weights-12/kernel/.ATTRIBUTES/VARIABLE_VALUE}, convolutions and batch normalisations
 * counted together in the order of layers.
 */
final class ObjectNames {
  private static final Pattern TENSOR =
      Pattern.compile("(?:.*/)?layer_with_weights-(\\d{1,6})/(\\w+)/\\.ATTRIBUTES/VARIABLE_VALUE");
  private static final List<String> NORM_LEAVES =
      List.of("gamma", "beta", "moving_mean", "moving_variance");

  private final SortedMap<Integer, Map<String, StoredTensor>> layers = new TreeMap<>();
  private final List<Binding> bindings = new ArrayList<>();

  private ObjectNames() {}

  static Optional<Translation> translate(WeightsFile file, String source) {
    ObjectNames names = new ObjectNames();
    file.tensors().forEach(names::add);
    return names.layers.isEmpty() ? Optional.empty() : Optional.of(names.translation(source));
  }

  private void add(StoredTensor tensor) {
    Matcher name = TENSOR.matcher(tensor.name());
    if (name.matches() && !tensor.name().contains("OPTIMIZER_SLOT")) {
      layers
          .computeIfAbsent(Integer.parseInt(name.group(1)), number -> new HashMap<>())
          .put(name.group(2), tensor);
    }
  }

  private Translation translation(String source) {
    int end = 0;
    for (NamedLayer layer : NamedLayer.base()) {
      end = Math.max(end, layer.objectNorm().getAsInt() + 1);
      bind(layer.objectKernel(), "kernel", layer.variable("weights"));
      bind(layer.objectKernel(), "bias", layer.variable("biases"));
      for (String leaf : NORM_LEAVES) {
        bind(layer.objectNorm(), leaf, layer.variable("BatchNorm/" + leaf));
      }
    }
    bindings.addAll(DenseHead.bindings(head(end), Layout.DENSE, source));
    return Translation.of(ModelFamily.KERAS, OutputActivation.SOFTMAX, bindings);
  }

  private List<DenseHead.Dense> head(int first) {
    List<DenseHead.Dense> head = new ArrayList<>();
    layers
        .tailMap(first)
        .forEach(
            (number, tensors) ->
                head.add(
                    new DenseHead.Dense(
                        "layer_with_weights-" + number,
                        tensors.get("kernel"),
                        Optional.ofNullable(tensors.get("bias")))));
    return head;
  }

  private void bind(OptionalInt number, String leaf, String variable) {
    StoredTensor tensor = layers.getOrDefault(number.getAsInt(), Map.of()).get(leaf);
    if (tensor != null) {
      bindings.add(new Binding(tensor.name(), variable, Layout.SLIM));
    }
  }
}
