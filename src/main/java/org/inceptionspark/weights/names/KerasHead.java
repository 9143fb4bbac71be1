package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** A Keras model without its base: dense layers, in order. */
final class KerasHead {
  private static final Pattern NUMBER = Pattern.compile(".*?(?:_(\\d{1,9}))?");

  private KerasHead() {}

  /**
   * The layers, first to last.
   *
   * @param layers each layer's tensors by Keras' leaf name
   * @throws WeightsException UNSUPPORTED if there are others than the configuration's dense layers
   */
  static List<DenseHead.Dense> of(
      Map<String, Map<String, StoredTensor>> layers, Optional<KerasConfig> config, String source) {
    List<String> order =
        config.map(known -> known.denseLayers()).orElseGet(() -> byNumber(layers.keySet()));
    if (order.size() != layers.size() || !layers.keySet().containsAll(order)) {
      throw new WeightsException(
          Kind.UNSUPPORTED,
          source,
          "after the base only dense layers are known, found " + layers.keySet());
    }
    return order.stream()
        .map(
            name ->
                new DenseHead.Dense(
                    name,
                    layers.get(name).get("kernel"),
                    Optional.ofNullable(layers.get(name).get("bias"))))
        .toList();
  }

  /**
   * Without the model's configuration, dense layers are in the order of their numbers; others come
   * last.
   */
  private static List<String> byNumber(Iterable<String> names) {
    List<String> sorted = new ArrayList<>();
    names.forEach(sorted::add);
    sorted.sort(
        Comparator.comparing((String name) -> !name.startsWith("dense"))
            .thenComparing(KerasHead::number));
    return sorted;
  }

  private static int number(String name) {
    Matcher matcher = NUMBER.matcher(name);
    return matcher.matches() && matcher.group(1) != null ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
