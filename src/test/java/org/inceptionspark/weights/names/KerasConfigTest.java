package org.inceptionspark.weights.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.model.OutputActivation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Configurations whose weights have the names and shapes of Inception V3, and compute something
 * else.
 */
class KerasConfigTest {
  private static final String CONVOLUTION =
      layer("Conv2D", "conv2d", "\"activation\":\"linear\",\"dilation_rate\":[1,1]");
  private static final String NORM = layer("BatchNormalization", "bn", "\"epsilon\":0.001");
  private static final String RELU = layer("Activation", "activation", "\"activation\":\"relu\"");
  private static final String POOL = layer("GlobalAveragePooling2D", "avg_pool", "\"x\":0");
  private static final String HIDDEN = layer("Dense", "hidden", "\"activation\":\"relu\"");
  private static final String LAST = layer("Dense", "last", "\"activation\":\"softmax\"");

  private static String layer(String kind, String name, String settings) {
    return "{\"class_name\":\""
        + kind
        + "\",\"config\":{\"name\":\""
        + name
        + "\","
        + settings
        + "}}";
  }

  private static KerasConfig config(String... layers) throws JsonProcessingException {
    String model = "{\"config\":{\"layers\":[" + String.join(",", layers) + "]}}";
    return KerasConfig.of(new ObjectMapper().readTree(model), "file");
  }

  @Test
  void inceptionWithAHead() throws JsonProcessingException {
    String dropout = layer("Dropout", "dropout", "\"rate\":0.5");
    KerasConfig config = config(CONVOLUTION, NORM, RELU, POOL, HIDDEN, dropout, LAST);
    assertThat(config.denseLayers()).containsExactly("hidden", "last");
    assertThat(config.output()).isEqualTo(OutputActivation.SOFTMAX);
    String pixels = layer("Rescaling", "pixels", "\"scale\":0.00784313725490196,\"offset\":-1.0");
    assertThat(config(pixels, CONVOLUTION, POOL, LAST).denseLayers()).containsExactly("last");
    String base = "{\"class_name\":\"Functional\",\"config\":{\"layers\":[" + CONVOLUTION + "]}}";
    assertThat(config(base, POOL, LAST).denseLayers()).containsExactly("last");
  }

  @ParameterizedTest
  @CsvSource({
    "Activation, '\"activation\":\"swish\"', has activation swish",
    "Conv2D, '\"activation\":\"elu\"', has activation elu",
    "Conv2D, '\"dilation_rate\":[2,2]', is dilated",
    "BatchNormalization, '\"epsilon\":1e-05', has epsilon 1.0E-5",
    "LeakyReLU, '\"alpha\":0.3', is not ReLU",
    "Rescaling, '\"scale\":0.25,\"offset\":0', multiplies pixels by 0.25 and adds 0.0"
  })
  void otherBases(String kind, String settings, String problem) {
    String other = layer(kind, "mixed", settings);
    String nested = "{\"class_name\":\"Functional\",\"config\":{\"layers\":[" + other + "]}}";
    for (String layers : new String[] {CONVOLUTION + "," + other, nested}) {
      assertThatThrownBy(() -> config(layers, POOL, LAST))
          .isInstanceOf(WeightsException.class)
          .hasMessage("file: layer mixed " + problem + ", which Inception V3 does not have")
          .extracting(e -> ((WeightsException) e).kind())
          .isEqualTo(Kind.UNSUPPORTED);
    }
  }

  /** Layers without weights, which a reader of weights does not see. */
  @ParameterizedTest
  @ValueSource(strings = {"Lambda", "Rescaling", "UnitNormalization", "Multiply", "LeakyReLU"})
  void otherHeads(String kind) {
    assertThatThrownBy(() -> config(CONVOLUTION, POOL, HIDDEN, layer(kind, "odd", "\"x\":0"), LAST))
        .hasMessage("file: " + kind + " odd follows a dense layer");
  }
}
