package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.OutputActivation;

/**
 * The module names of torchvision's Inception3, which timm and FID share, under any prefix such as
 * {@code module.}.
 */
public final class TorchNames {
  static final String FIRST = "Conv2d_1a_3x3.conv.weight";

  /** torchvision's files have the auxiliary head; timm's own ones do not. */
  private static final String AUXILIARY = "AuxLogits.fc.weight";

  /** Classes of the graph of 2015, which no other model has. */
  private static final int CLASSES_2015 = 1008;

  /** The suffixes after a convolution's module, with TF-Slim's leaf name for each. */
  private static final Map<String, String> LEAVES =
      Map.of(
          ".conv.bias", "biases",
          ".bn.weight", "BatchNorm/gamma",
          ".bn.bias", "BatchNorm/beta",
          ".bn.running_mean", "BatchNorm/moving_mean",
          ".bn.running_var", "BatchNorm/moving_variance");

  private final String prefix;
  private final List<StoredTensor> stored;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final List<Binding> bindings = new ArrayList<>();

  private TorchNames(String prefix, List<StoredTensor> stored) {
    this.prefix = prefix;
    this.stored = stored;
    for (StoredTensor tensor : stored) {
      if (tensor.name().startsWith(prefix)) {
        tensors.put(tensor.name().substring(prefix.length()), tensor);
      }
    }
  }

  static Optional<Translation> translate(WeightsFile file, String source) {
    return prefixes(file).stream()
        .findFirst()
        .map(prefix -> new TorchNames(prefix, file.tensors()).translation(source));
  }

  /** The prefix of the network's names, for each network in the file. */
  public static List<String> prefixes(WeightsFile file) {
    return file.tensors().stream()
        .map(StoredTensor::name)
        .filter(name -> name.equals(FIRST) || name.endsWith("." + FIRST))
        .map(name -> name.substring(0, name.length() - FIRST.length()))
        .toList();
  }

  private Translation translation(String source) {
    for (NamedLayer layer : NamedLayer.all()) {
      String module = layer.torch().orElseThrow();
      if (layer.kind() == NamedLayer.Kind.CONV) {
        bind(module + ".conv.weight", layer.variable("weights"), Layout.OIHW);
        LEAVES.forEach((suffix, leaf) -> bind(module + suffix, layer.variable(leaf), Layout.SLIM));
      } else if (!module.equals("fc")) {
        bind(module + ".weight", layer.variable("weights"), Layout.DENSE_TRANSPOSED);
        bind(module + ".bias", layer.variable("biases"), Layout.SLIM);
      }
    }
    List<DenseHead.Dense> head = TorchHead.of(stored, prefix, bound(), source);
    bindings.addAll(DenseHead.bindings(head, Layout.DENSE_TRANSPOSED, source));
    Translation usual = Translation.of(family(head), OutputActivation.SOFTMAX, bindings);
    return usual.family() == ModelFamily.TORCH && !tensors.containsKey(AUXILIARY)
        ? usual.withPreprocessing("timm")
        : usual;
  }

  private ModelFamily family(List<DenseHead.Dense> head) {
    boolean of2015 = head.size() == 1 && head.get(0).kernel().shape().dimension(0) == CLASSES_2015;
    return of2015 ? ModelFamily.FID : ModelFamily.TORCH;
  }

  private Set<String> bound() {
    return bindings.stream().map(Binding::stored).collect(Collectors.toSet());
  }

  private void bind(String name, String variable, Layout layout) {
    if (tensors.containsKey(name)) {
      bindings.add(new Binding(prefix + name, variable, layout));
    }
  }
}
