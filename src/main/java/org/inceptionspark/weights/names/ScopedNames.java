package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inceptionspark.weights.file.SafetensorsFile;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.MovingAverages;
import org.inceptionspark.weights.model.OutputActivation;
import org.inceptionspark.weights.model.PoolDivisor;

/**
 * Checkpoints by TF-Slim itself: current ones, and that of March 2016 with its older scopes.
 * Whatever else a training checkpoint holds is ignored.
 */
public final class ScopedNames {
  public static final String FAMILY = "inception_spark.family";
  public static final String POOL_DIVISOR = "inception_spark.pool_divisor";
  public static final String LAST_POOL = "inception_spark.last_pool";
  public static final String OUTPUT = "inception_spark.output";
  public static final String PREPROCESSING = "inception_spark.preprocessing";

  private static final String AVERAGE = "/ExponentialMovingAverage";
  private static final String SCOPE = "InceptionV3/";
  private static final List<String> LEAVES =
      List.of(
          "weights",
          "biases",
          "BatchNorm/beta",
          "BatchNorm/gamma",
          "BatchNorm/moving_mean",
          "BatchNorm/moving_variance");

  /** The same block by its name in the documentation of 2016, and in the checkpoint. */
  private static final String SOURCE_BLOCK = "mixed_8x8x1280a";

  private static final String CHECKPOINT_BLOCK = "mixed_17x17x1280a";

  private final Map<String, StoredTensor> tensors = new HashMap<>();
  private final String source;

  private ScopedNames(WeightsFile file, String source) {
    this.source = source;
    for (StoredTensor tensor : file.tensors()) {
      tensors.put(tensor.name(), tensor);
    }
  }

  static Optional<Translation> translate(WeightsFile file, String source, MovingAverages averages) {
    ScopedNames names = new ScopedNames(file, source);
    List<Binding> bindings = names.slim();
    if (bindings.isEmpty()) {
      bindings = names.of2016();
    }
    return bindings.isEmpty()
        ? Optional.empty()
        : Optional.of(described(file, names.averaged(bindings, averages)));
  }

  /** A file by {@code SafetensorsWriter} says where its model came from. */
  private static Translation described(WeightsFile file, List<Binding> bindings) {
    Map<String, String> known =
        file instanceof SafetensorsFile safetensors ? safetensors.metadata() : Map.of();
    ModelFamily family = noted(known, FAMILY, ModelFamily.SLIM);
    return new Translation(
        family,
        noted(known, POOL_DIVISOR, PoolDivisor.EXISTING),
        noted(known, LAST_POOL, LastPool.AVERAGE),
        noted(known, OUTPUT, OutputActivation.SOFTMAX),
        known.getOrDefault(PREPROCESSING, family.preprocessing()),
        bindings);
  }

  private static <E extends Enum<E>> E noted(Map<String, String> known, String key, E otherwise) {
    return Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
        .filter(each -> each.name().equals(known.get(key)))
        .findFirst()
        .orElse(otherwise);
  }

  private List<Binding> slim() {
    return tensors.keySet().stream()
        .filter(name -> name.startsWith(SCOPE))
        .filter(name -> LEAVES.stream().anyMatch(leaf -> name.endsWith("/" + leaf)))
        .sorted()
        .map(name -> new Binding(name, name, Layout.SLIM))
        .toList();
  }

  private List<Binding> of2016() {
    List<Binding> bindings = new ArrayList<>();
    for (NamedLayer layer : NamedLayer.all()) {
      String scope = layer.checkpoint2016().orElseThrow();
      bind(bindings, scope, layer);
      if (scope.startsWith(CHECKPOINT_BLOCK)) {
        bind(bindings, scope.replace(CHECKPOINT_BLOCK, SOURCE_BLOCK), layer);
      }
    }
    return bindings;
  }

  private void bind(List<Binding> bindings, String scope, NamedLayer layer) {
    for (String leaf : LEAVES) {
      String name = scope + "/" + leaf;
      if (tensors.containsKey(name)) {
        boolean kernel = leaf.equals("weights") && layer.kind() == NamedLayer.Kind.DENSE;
        Layout layout = kernel ? Layout.DENSE : Layout.SLIM;
        bindings.add(new Binding(name, layer.variable(leaf), layout));
      }
    }
  }

  private List<Binding> averaged(List<Binding> bindings, MovingAverages averages) {
    List<Binding> averaged =
        bindings.stream()
            .filter(each -> tensors.containsKey(each.stored() + AVERAGE))
            .map(each -> new Binding(each.stored() + AVERAGE, each.variable(), each.layout()))
            .toList();
    boolean wanted =
        averages == MovingAverages.REQUIRE
            || (averages == MovingAverages.PREFER && !averaged.isEmpty());
    if (wanted && averaged.size() < bindings.size()) {
      throw new WeightsException(
          Kind.MISSING_TENSOR,
          source,
          (bindings.size() - averaged.size())
              + " of "
              + bindings.size()
              + " variables have no moving average ("
              + AVERAGE.substring(1)
              + ")");
    }
    return wanted ? averaged : bindings;
  }
}
