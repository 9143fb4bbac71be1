package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.OutputActivation;

/**
 * The module names of torchvision's Inception3, which timm and FID share, under any prefix such as
 * {@code module.}. A final {@code fc} may be one layer or a sequence of them.
 */
final class TorchNames {
  private static final String FIRST = "Conv2d_1a_3x3.conv.weight";
  private static final Pattern SEQUENCE = Pattern.compile("fc\\.(\\d{1,4})\\.weight");

  /** torchvision's files have the auxiliary head; timm's own ones do not. */
  private static final String AUXILIARY = "AuxLogits.fc.weight";

  /** Classes of the graph of 2015, which no other model has. */
  private static final int CLASSES_2015 = 1008;

  /** What follows a convolution's module, and TF-Slim's leaf for it. */
  private static final Map<String, String> LEAVES =
      Map.of(
          ".conv.bias", "biases",
          ".bn.weight", "BatchNorm/gamma",
          ".bn.bias", "BatchNorm/beta",
          ".bn.running_mean", "BatchNorm/moving_mean",
          ".bn.running_var", "BatchNorm/moving_variance");

  private final String prefix;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final List<Binding> bindings = new ArrayList<>();

  private TorchNames(String prefix, List<StoredTensor> stored) {
    this.prefix = prefix;
    for (StoredTensor tensor : stored) {
      if (tensor.name().startsWith(prefix)) {
        tensors.put(tensor.name().substring(prefix.length()), tensor);
      }
    }
  }

  static Optional<Translation> translate(WeightsFile file, String source) {
    return file.tensors().stream()
        .map(StoredTensor::name)
        .filter(name -> name.equals(FIRST) || name.endsWith("." + FIRST))
        .findFirst()
        .map(name -> name.substring(0, name.length() - FIRST.length()))
        .map(prefix -> new TorchNames(prefix, file.tensors()).translation(source));
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
    List<DenseHead.Dense> head = head();
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

  private List<DenseHead.Dense> head() {
    if (tensors.containsKey("fc.weight")) {
      return List.of(dense("fc"));
    }
    SortedMap<Integer, DenseHead.Dense> sequence = new TreeMap<>();
    for (String name : tensors.keySet()) {
      Matcher matcher = SEQUENCE.matcher(name);
      if (matcher.matches()) {
        sequence.put(Integer.parseInt(matcher.group(1)), dense("fc." + matcher.group(1)));
      }
    }
    return List.copyOf(sequence.values());
  }

  private DenseHead.Dense dense(String module) {
    return new DenseHead.Dense(
        module,
        tensors.get(module + ".weight"),
        Optional.ofNullable(tensors.get(module + ".bias")));
  }

  private void bind(String name, String variable, Layout layout) {
    if (tensors.containsKey(name)) {
      bindings.add(new Binding(prefix + name, variable, layout));
    }
  }
}
