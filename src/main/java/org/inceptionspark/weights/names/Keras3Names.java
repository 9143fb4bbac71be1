package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
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

/**
 * Keras 3's paths, {@code layers/conv2d_8/vars/0}. Groups are numbered by kind in the order of the
 * model's layers, whatever the layers are called; Keras 2.13 counts in twos, so only ranks count.
 */
final class Keras3Names {
  private static final Pattern TENSOR =
      Pattern.compile("(?:.*/)?([a-z0-9_]+?)(?:_(\\d{1,9}))?/vars/(\\d{1,3})");
  private static final List<String> NORM = List.of("beta", "moving_mean", "moving_variance");
  private static final List<String> SCALED_NORM =
      List.of("gamma", "beta", "moving_mean", "moving_variance");

  private static final Set<String> BASE = Set.of("conv2d", "batch_normalization");

  /** For each kind of layer, its layers by number, each with its tensors by position. */
  private final Map<String, SortedMap<Integer, SortedMap<Integer, StoredTensor>>> kinds =
      new HashMap<>();

  private final WeightsFile file;
  private final String source;

  private Keras3Names(WeightsFile file, String source) {
    this.file = file;
    this.source = source;
  }

  static Optional<Translation> translate(WeightsFile file, String source) {
    Keras3Names names = new Keras3Names(file, source);
    file.tensors().forEach(names::add);
    return names.kinds.containsKey("conv2d") ? Optional.of(names.translation()) : Optional.empty();
  }

  private void add(StoredTensor tensor) {
    Matcher name = TENSOR.matcher(tensor.name());
    if (name.matches() && tensor.dtype().isFloat()) {
      int number = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
      StoredTensor other =
          kinds
              .computeIfAbsent(name.group(1), kind -> new TreeMap<>())
              .computeIfAbsent(number, layer -> new TreeMap<>())
              .put(Integer.parseInt(name.group(3)), tensor);
      if (other != null) {
        throw new WeightsException(
                Kind.DUPLICATE, source, "the same layer and variable as " + other.name())
            .about(tensor.name());
      }
    }
  }

  private Translation translation() {
    List<Binding> bindings = new ArrayList<>();
    List<NamedLayer> order =
        NamedLayer.base().stream()
            .sorted(Comparator.comparingInt(layer -> layer.topological().getAsInt()))
            .toList();
    bind(bindings, order, "conv2d", "", List.of("weights", "biases"));
    SortedMap<Integer, SortedMap<Integer, StoredTensor>> norms = kinds.get("batch_normalization");
    if (norms != null) {
      boolean scaled = norms.values().stream().allMatch(each -> each.size() == SCALED_NORM.size());
      bind(bindings, order, "batch_normalization", "BatchNorm/", scaled ? SCALED_NORM : NORM);
    }
    bindings.addAll(DenseHead.bindings(head(), Layout.DENSE, source));
    return Translation.of(ModelFamily.KERAS, output(), bindings);
  }

  private void bind(
      List<Binding> bindings,
      List<NamedLayer> order,
      String kind,
      String scope,
      List<String> leaves) {
    List<SortedMap<Integer, StoredTensor>> layers = List.copyOf(kinds.get(kind).values());
    if (layers.size() != order.size()) {
      throw new WeightsException(
          Kind.UNSUPPORTED,
          source,
          "Inception V3 has " + order.size() + " layers " + kind + ", found " + layers.size());
    }
    for (int i = 0; i < layers.size(); i++) {
      for (Map.Entry<Integer, StoredTensor> tensor : layers.get(i).entrySet()) {
        if (tensor.getKey() < leaves.size()) {
          String variable = order.get(i).variable(scope + leaves.get(tensor.getKey()));
          bindings.add(new Binding(tensor.getValue().name(), variable, Layout.SLIM));
        }
      }
    }
  }

  /**
   * The layers after the base. Keras numbers the layers that it names itself; an attribute of a
   * custom class says nothing about order.
   */
  private List<DenseHead.Dense> head() {
    List<String> rest =
        kinds.keySet().stream().filter(kind -> !BASE.contains(kind)).sorted().toList();
    boolean alone = rest.size() == 1 && kinds.get(rest.get(0)).size() == 1;
    if (!rest.isEmpty() && !rest.equals(List.of("dense")) && !alone) {
      throw new WeightsException(
          Kind.UNSUPPORTED, source, "after the base only dense layers are known, found " + rest);
    }
    List<DenseHead.Dense> head = new ArrayList<>();
    for (String kind : rest) {
      kinds.get(kind).forEach((number, tensors) -> head.add(dense(kind + "_" + number, tensors)));
    }
    return head;
  }

  private static DenseHead.Dense dense(String layer, SortedMap<Integer, StoredTensor> tensors) {
    return new DenseHead.Dense(
        layer, tensors.size() > 2 ? null : tensors.get(0), Optional.ofNullable(tensors.get(1)));
  }

  private OutputActivation output() {
    return file instanceof KerasModel model
        ? model
            .config()
            .map(json -> KerasConfig.of(json, source).output())
            .orElse(OutputActivation.SOFTMAX)
        : OutputActivation.SOFTMAX;
  }
}
