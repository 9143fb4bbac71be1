package org.inceptionspark.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.inceptionspark.weights.model.ValueRange;
import org.inceptionspark.weights.names.Binding;
import org.inceptionspark.weights.names.Translation;
import org.inceptionspark.weights.names.Translations;

/**
 * Everything that can be said about a weight file.
 *
 * @param model the Inception V3 in it
 * @param problem why there is no model
 */
public record WeightsInspection(
    WeightsFormat format,
    List<Entry> tensors,
    Optional<ModelWeights> model,
    Optional<WeightsException> problem) {

  /**
   * A stored tensor.
   *
   * @param variables TF-Slim's names for it; none if the network has no use for it
   * @param range of its values, if they are floating point
   */
  public record Entry(StoredTensor stored, List<String> variables, Optional<ValueRange> range) {}

  /**
   * Inspects a file.
   *
   * @throws WeightsException if its tensors cannot be read; that they make no model is reported,
   *     not thrown
   */
  public static WeightsInspection of(Path path, LoadOptions options) {
    try (WeightsFile opened = WeightsOpener.open(path)) {
      WeightsFile file = opened;
      Optional<Translation> translation = Optional.empty();
      Optional<WeightsException> problem = Optional.empty();
      Optional<ModelWeights> model = Optional.empty();
      try {
        file = ChosenWeights.of(opened, path.toString(), options);
        translation = Optional.of(Translations.of(file, path.toString(), options.averages()));
        model = Optional.of(ModelWeights.read(file, path.toString(), translation.get()));
      } catch (WeightsException e) {
        problem = Optional.of(e);
      }
      List<Binding> bindings = translation.map(Translation::bindings).orElse(List.of());
      return new WeightsInspection(file.format(), entries(file, bindings), model, problem);
    }
  }

  private static List<Entry> entries(WeightsFile file, List<Binding> bindings) {
    List<Entry> entries = new ArrayList<>();
    for (StoredTensor tensor : file.tensors()) {
      List<String> variables =
          bindings.stream()
              .filter(binding -> binding.stored().equals(tensor.name()))
              .map(Binding::variable)
              .toList();
      Optional<ValueRange> range =
          tensor.dtype().isFloat() || !variables.isEmpty()
              ? Optional.of(ValueRange.of(file.read(tensor.name()).data()))
              : Optional.empty();
      entries.add(new Entry(tensor, variables, range));
    }
    return List.copyOf(entries);
  }
}
