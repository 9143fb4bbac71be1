package org.inceptionspark.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.model.NetworkVariant;
import org.inceptionspark.weights.model.Widths;
import org.inceptionspark.weights.names.Translation;

/** Derives the {@link NetworkVariant} from a model's variables. */
final class VariantDetection {
  private static final String LOGITS = "InceptionV3/Logits/Conv2d_1c_1x1/weights";

  private VariantDetection() {}

  static NetworkVariant of(Translation translation, Map<String, Shape> variables) {
    Widths widths = Widths.of(variables);
    return new NetworkVariant(
        translation.family(),
        variables.containsKey(LOGITS) ? variables.get(LOGITS).lastDimension() : 0,
        hiddenUnits(variables),
        variables.keySet().stream().anyMatch(name -> name.contains("/BatchNorm/")),
        variables.keySet().stream().anyMatch(name -> name.endsWith("/gamma")),
        variables.keySet().stream().anyMatch(name -> name.startsWith("InceptionV3/AuxLogits/")),
        widths.depthMultiplier(),
        widths.minDepth(),
        translation.poolDivisor(),
        translation.lastPool(),
        translation.output(),
        translation.preprocessing());
  }

  private static List<Integer> hiddenUnits(Map<String, Shape> variables) {
    List<Integer> units = new ArrayList<>();
    for (int i = 1; ; i++) {
      Shape kernel = variables.get("InceptionV3/Logits/Dense_" + i + "/weights");
      if (kernel == null) {
        return units;
      }
      units.add(kernel.lastDimension());
    }
  }
}
