package org.inceptionspark.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inceptionspark.weights.WeightsException.Kind;

/**
 * The dense layers after the average pool, first to last: {@code Logits/Dense_1}, {@code Dense_2}
 * and so on, the last one under TF-Slim's name of the logits.
 */
record DenseHead(List<Binding> bindings, OutputActivation output) {
  private static final String LOGITS = "InceptionV3/Logits/Conv2d_1c_1x1";
  private static final String HIDDEN = "InceptionV3/Logits/Dense_";
  private static final Pattern NUMBER = Pattern.compile(".*?(?:_(\\d{1,9}))?");

  /**
   * The head made of what is left of a Keras model when its base is taken away.
   *
   * @param layers each layer's tensors by Keras' leaf name
   * @throws WeightsException UNSUPPORTED if these are no chain of dense layers
   */
  static DenseHead of(
      Map<String, Map<String, StoredTensor>> layers, Optional<KerasConfig> config, String source) {
    List<String> order =
        config.map(known -> known.denseLayers()).orElseGet(() -> byNumber(layers.keySet()));
    if (order.size() != layers.size() || !layers.keySet().containsAll(order)) {
      throw new WeightsException(
          Kind.UNSUPPORTED,
          source,
          "after the base only dense layers are known, found " + layers.keySet());
    }
    checkChain(order, layers, source);
    List<Binding> bindings = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      String scope = i == order.size() - 1 ? LOGITS : HIDDEN + (i + 1);
      Map<String, StoredTensor> layer = layers.get(order.get(i));
      bindings.add(new Binding(layer.get("kernel").name(), scope + "/weights", Layout.DENSE));
      if (layer.containsKey("bias")) {
        bindings.add(new Binding(layer.get("bias").name(), scope + "/biases", Layout.SLIM));
      }
    }
    return new DenseHead(
        bindings, config.map(KerasConfig::output).orElse(OutputActivation.SOFTMAX));
  }

  /** Without the model's configuration, dense layers follow their numbers; others come last. */
  private static List<String> byNumber(Iterable<String> names) {
    List<String> sorted = new ArrayList<>();
    names.forEach(sorted::add);
    sorted.sort(
        Comparator.comparing((String name) -> !name.startsWith("dense"))
            .thenComparing(DenseHead::number));
    return sorted;
  }

  private static int number(String name) {
    Matcher matcher = NUMBER.matcher(name);
    return matcher.matches() && matcher.group(1) != null ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static void checkChain(
      List<String> order, Map<String, Map<String, StoredTensor>> layers, String source) {
    int width = -1;
    for (String name : order) {
      StoredTensor kernel = layers.get(name).get("kernel");
      boolean dense = kernel != null && kernel.shape().rank() == 2;
      if (!dense || (width >= 0 && kernel.shape().dimension(0) != width)) {
        throw new WeightsException(
            Kind.UNSUPPORTED,
            source,
            "layer "
                + name
                + " of the head "
                + (dense
                    ? "takes "
                        + kernel.shape().dimension(0)
                        + " values, the one before it "
                        + "makes "
                        + width
                    : "is not dense"));
      }
      width = kernel.shape().dimension(1);
    }
  }
}
