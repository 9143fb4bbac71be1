package org.inceptionspark.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.inceptionspark.tensor.Tensor;

/**
 * How two models differ, variable by variable.
 *
 * @param variables those in both with one shape, largest relative difference first
 * @param onlyInFirst names without a counterpart of the same shape
 * @param onlyInSecond likewise
 */
public record WeightsDifference(
    List<Change> variables, List<String> onlyInFirst, List<String> onlyInSecond) {

  /**
   * The difference of one variable.
   *
   * @param largest absolute difference of two values
   * @param relative Euclidean length of the difference over that of the first
   */
  public record Change(String variable, double largest, double relative) {}

  public static WeightsDifference between(ModelWeights first, ModelWeights second) {
    List<Change> changes = new ArrayList<>();
    Map<String, Tensor> others = second.variables();
    first
        .variables()
        .forEach(
            (name, tensor) -> {
              Tensor other = others.get(name);
              if (other != null && other.shape().equals(tensor.shape())) {
                changes.add(change(name, tensor.data(), other.data()));
              }
            });
    changes.sort(Comparator.comparingDouble(Change::relative).reversed());
    Set<String> compared = new TreeSet<>();
    changes.forEach(change -> compared.add(change.variable()));
    return new WeightsDifference(
        List.copyOf(changes), without(first, compared), without(second, compared));
  }

  private static List<String> without(ModelWeights weights, Set<String> compared) {
    return weights.variables().keySet().stream().filter(name -> !compared.contains(name)).toList();
  }

  private static Change change(String name, float[] first, float[] second) {
    double largest = 0;
    double squares = 0;
    double length = 0;
    for (int i = 0; i < first.length; i++) {
      double difference = Math.abs((double) first[i] - second[i]);
      largest = Math.max(largest, difference);
      squares += difference * difference;
      length += (double) first[i] * first[i];
    }
    double relative = squares == 0 ? 0 : Math.sqrt(squares / length);
    return new Change(name, largest, relative);
  }
}
