package org.inceptionspark.weights.names;

import com.fasterxml.jackson.databind.JsonNode;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * Whether the layers of a Keras configuration that come before the head compute what Inception V3
 * computes. Names and shapes of weights do not show this: with other activations they are the same.
 */
final class KerasBase {
  /** Keras' Inception V3 has no other. */
  private static final double EPSILON = 0.001;

  private KerasBase() {}

  /**
   * Checks one layer.
   *
   * @throws WeightsException UNSUPPORTED if it is of another network
   */
  static void require(JsonNode layer, String source) {
    JsonNode config = layer.path("config");
    String problem =
        switch (layer.path("class_name").asText()) {
          case "Activation" -> otherThan(config.path("activation").asText("relu"), "relu");
          case "Conv2D" -> convolution(config);
          case "BatchNormalization" -> {
            double epsilon = config.path("epsilon").asDouble(EPSILON);
            yield Math.abs(epsilon - EPSILON) > 1e-9 ? "has epsilon " + epsilon : "";
          }
          case "Rescaling" -> rescaling(config);
          case "LeakyReLU", "ELU", "PReLU", "ThresholdedReLU" -> "is not ReLU";
          default -> "";
        };
    if (!problem.isEmpty()) {
      throw new WeightsException(
          Kind.UNSUPPORTED,
          source,
          "layer "
              + config.path("name").asText()
              + " "
              + problem
              + ", which Inception V3 does not have");
    }
  }

  private static String convolution(JsonNode config) {
    for (JsonNode rate : config.path("dilation_rate")) {
      if (rate.asInt(1) != 1) {
        return "is dilated";
      }
    }
    String activation = config.path("activation").asText("linear");
    return activation.equals("relu") ? "" : otherThan(activation, "linear");
  }

  /** Pixels of 0 to 255 become -1 to 1, which the input has already. */
  private static String rescaling(JsonNode config) {
    double scale = config.path("scale").asDouble();
    double offset = config.path("offset").asDouble();
    return Math.abs(scale * 127.5 - 1) < 1e-6 && offset == -1
        ? ""
        : "multiplies pixels by " + scale + " and adds " + offset;
  }

  private static String otherThan(String activation, String known) {
    return activation.equals(known) ? "" : "has activation " + activation;
  }
}
