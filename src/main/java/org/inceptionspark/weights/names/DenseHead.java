package org.inceptionspark.weights.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * The dense layers after the average pool, first to last: {@code Logits/Dense_1}, {@code Dense_2}
 * and so on, the last one under TF-Slim's name of the logits.
 */
final class DenseHead {
  private static final String LOGITS = "InceptionV3/Logits/Conv2d_1c_1x1";
  private static final String HIDDEN = "InceptionV3/Logits/Dense_";

  /**
   * One layer.
   *
   * @param kernel null if the layer has none, and is therefore not dense
   */
  record Dense(String layer, StoredTensor kernel, Optional<StoredTensor> bias) {}

  private DenseHead() {}

  /**
   * Binds the layers in this order.
   *
   * @param layout of the kernels
   * @throws WeightsException UNSUPPORTED if a layer does not take as many values as the one before
   *     gives
   */
  static List<Binding> bindings(List<Dense> layers, Layout layout, String source) {
    List<Binding> bindings = new ArrayList<>();
    int width = -1;
    for (int i = 0; i < layers.size(); i++) {
      Dense dense = layers.get(i);
      width = widthAfter(dense, width, layout, source);
      String scope = i == layers.size() - 1 ? LOGITS : HIDDEN + (i + 1);
      bindings.add(new Binding(dense.kernel().name(), scope + "/weights", layout));
      dense
          .bias()
          .ifPresent(
              bias -> bindings.add(new Binding(bias.name(), scope + "/biases", Layout.SLIM)));
    }
    return bindings;
  }

  private static int widthAfter(Dense dense, int before, Layout layout, String source) {
    if (dense.kernel() == null || dense.kernel().shape().rank() != 2) {
      throw new WeightsException(
          Kind.UNSUPPORTED, source, "layer " + dense.layer() + " of the head is not dense");
    }
    int in = dense.kernel().shape().dimension(layout == Layout.DENSE ? 0 : 1);
    if (before >= 0 && in != before) {
      throw new WeightsException(
          Kind.UNSUPPORTED,
          source,
          "layer "
              + dense.layer()
              + " of the head takes "
              + in
              + " values, the one before it makes "
              + before);
    }
    return dense.kernel().shape().dimension(layout == Layout.DENSE ? 1 : 0);
  }
}
