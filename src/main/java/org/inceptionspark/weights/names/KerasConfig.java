package org.inceptionspark.weights.names;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.model.OutputActivation;

/**
 * What a Keras configuration says about the head.
 *
 * @param denseLayers names of the dense layers, first to last
 * @param output activation of the last one
 */
record KerasConfig(List<String> denseLayers, OutputActivation output) {
  /** What has no weights and changes no labels; a softmax that is a layer is the usual output. */
  private static final Set<String> BEHIND_DENSE =
      Set.of(
          "ActivityRegularization",
          "AlphaDropout",
          "Dropout",
          "Flatten",
          "GaussianDropout",
          "GaussianNoise",
          "Identity",
          "Softmax");

  /**
   * Reads a model's configuration, models within models included.
   *
   * @throws WeightsException UNSUPPORTED if the head does something that the network cannot
   */
  static KerasConfig of(JsonNode model, String source) {
    List<String> names = new ArrayList<>();
    List<String> activations = new ArrayList<>();
    collect(model, names, activations, source);
    for (int i = 0; i < names.size() - 1; i++) {
      if (!activations.get(i).equals("relu")) {
        throw unsupported(
            source,
            "hidden layer "
                + names.get(i)
                + " has activation "
                + activations.get(i)
                + ", only relu is known");
      }
    }
    String last = activations.isEmpty() ? "softmax" : activations.get(activations.size() - 1);
    OutputActivation output =
        switch (last) {
          case "softmax", "linear" -> OutputActivation.SOFTMAX;
          case "sigmoid" -> OutputActivation.SIGMOID;
          default -> throw unsupported(source, "the last layer has activation " + last);
        };
    return new KerasConfig(List.copyOf(names), output);
  }

  private static void collect(
      JsonNode model, List<String> names, List<String> activations, String source) {
    for (JsonNode layer : model.path("config").path("layers")) {
      JsonNode config = layer.path("config");
      switch (layer.path("class_name").asText()) {
        case "Dense" -> {
          names.add(config.path("name").asText());
          activations.add(config.path("activation").asText("linear"));
        }
        case "Activation" -> {
          if (activations.isEmpty()) {
            KerasBase.require(layer, source);
          } else {
            activations.set(activations.size() - 1, config.path("activation").asText());
          }
        }
        case "GlobalMaxPooling2D" -> throw unsupported(source, "the head takes a maximum");
        default -> {
          if (!names.isEmpty() && !BEHIND_DENSE.contains(layer.path("class_name").asText())) {
            throw unsupported(source, described(layer) + " follows a dense layer");
          }
          KerasBase.require(layer, source);
          collect(layer, names, activations, source);
        }
      }
    }
  }

  private static String described(JsonNode layer) {
    return layer.path("class_name").asText() + " " + layer.path("config").path("name").asText();
  }

  private static WeightsException unsupported(String source, String detail) {
    return new WeightsException(Kind.UNSUPPORTED, source, detail);
  }
}
