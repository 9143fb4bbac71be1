package org.inceptionspark.weights.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inceptionspark.tensor.Shape;

/**
 * TF-Slim's multiplier and minimum of all widths, found from kernels: a convolution of full depth d
 * has {@code max(trunc(d * multiplier), minimum)} channels.
 */
public record Widths(double depthMultiplier, int minDepth) {
  /** TF-Slim's defaults. */
  private static final Widths STANDARD = new Widths(1.0, 16);

  /** Convolutions whose full depths, smallest to largest, bound the multiplier closely. */
  private static final Map<String, Integer> DEPTHS =
      Map.of(
          "Conv2d_1a_3x3", 32,
          "Mixed_5b/Branch_1/Conv2d_0a_1x1", 48,
          "Conv2d_3b_1x1", 80,
          "Conv2d_4a_3x3", 192,
          "Mixed_7b/Branch_0/Conv2d_0a_1x1", 320,
          "Mixed_7b/Branch_2/Conv2d_0a_1x1", 448);

  /** The smallest multiplier that explains the kernels; the standard one if none does. */
  public static Widths of(Map<String, Shape> variables) {
    Map<Integer, Integer> widths = new LinkedHashMap<>();
    DEPTHS.forEach(
        (scope, depth) -> {
          Shape kernel = variables.get("InceptionV3/" + scope + "/weights");
          if (kernel != null && kernel.rank() == 4) {
            widths.put(depth, kernel.lastDimension());
          }
        });
    if (widths.size() < DEPTHS.size()) {
      return STANDARD;
    }
    int smallest = widths.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
    double multiplier =
        widths.entrySet().stream()
            .filter(each -> each.getValue() > smallest)
            .mapToDouble(each -> (double) each.getValue() / each.getKey())
            .max()
            .orElse(smallest / 448.0);
    Widths plain = new Widths(multiplier, Math.min(STANDARD.minDepth, smallest));
    Widths floored = new Widths(multiplier, smallest);
    return plain.explains(widths) ? plain : floored.explains(widths) ? floored : STANDARD;
  }

  private boolean explains(Map<Integer, Integer> widths) {
    return widths.entrySet().stream()
        .allMatch(
            each -> Math.max((int) (each.getKey() * depthMultiplier), minDepth) == each.getValue());
  }
}
