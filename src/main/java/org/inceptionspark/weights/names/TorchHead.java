package org.inceptionspark.weights.names;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;

/**
 * What a state dict holds beside the network's convolutions: torchvision's {@code fc}, or the
 * layers that replace it, under whatever name.
 */
final class TorchHead {
  private static final String AUXILIARY = "AuxLogits.";

  /** Means and deviations of three colours are not a layer. */
  private static final int COLOURS = 4;

  private TorchHead() {}

  /**
   * The dense layers in their order.
   *
   * @param prefix before the network's own names
   * @param bound tensors of the convolutions
   * @throws WeightsException UNSUPPORTED if their order is unknown; layers that are not dense are
   *     refused when they are bound
   */
  static List<DenseHead.Dense> of(
      List<StoredTensor> tensors, String prefix, Set<String> bound, String source) {
    Map<String, Map<String, StoredTensor>> modules = new LinkedHashMap<>();
    List<String> copies = copies(tensors, bound);
    for (StoredTensor tensor : tensors) {
      int dot = tensor.name().lastIndexOf('.');
      if (tensor.dtype().isFloat()
          && !bound.contains(tensor.name())
          && copies.stream().noneMatch(squeezed(tensor.name())::startsWith)
          && !tensor.name().startsWith(prefix + AUXILIARY)) {
        modules
            .computeIfAbsent(tensor.name().substring(0, Math.max(dot, 0)), name -> new TreeMap<>())
            .put(tensor.name().substring(dot + 1), tensor);
      }
    }
    List<LayerPath> layers =
        modules.keySet().stream()
            .filter(name -> isLayer(modules.get(name)))
            .map(name -> LayerPath.of(name, "."))
            .toList();
    return LayerPath.inOrder(layers, source).stream()
        .map(path -> dense(path.toString(), modules.get(path.toString()), prefix))
        .toList();
  }

  /**
   * The prefix of moving averages that trainers keep as buffers of the network itself, with dots
   * removed or replaced by underscores: {@code ema_Conv2d_1a_3x3_conv_weight}.
   */
  private static List<String> copies(List<StoredTensor> tensors, Set<String> bound) {
    String first = squeezed(TorchNames.FIRST);
    return tensors.stream()
        .map(StoredTensor::name)
        .filter(name -> !bound.contains(name) && squeezed(name).endsWith(first))
        .map(name -> squeezed(name).substring(0, squeezed(name).length() - first.length()))
        .filter(copy -> !copy.isEmpty())
        .toList();
  }

  private static String squeezed(String name) {
    return name.replaceAll("[._]", "");
  }

  /** Losses and metrics have vectors of their own, layers have matrices or biases. */
  private static boolean isLayer(Map<String, StoredTensor> tensors) {
    return tensors.containsKey("running_mean")
        || tensors.containsKey("weight") && tensors.containsKey("bias")
        || tensors.values().stream()
            .anyMatch(each -> each.shape().rank() > 1 && each.elements() > COLOURS);
  }

  private static DenseHead.Dense dense(
      String name, Map<String, StoredTensor> tensors, String prefix) {
    boolean more = !List.of("weight", "bias").containsAll(tensors.keySet());
    return new DenseHead.Dense(
        name.startsWith(prefix) ? name.substring(prefix.length()) : name,
        more ? null : tensors.get("weight"),
        Optional.ofNullable(tensors.get("bias")));
  }
}
