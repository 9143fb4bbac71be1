package org.inceptionspark.image.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.inceptionspark.image.FormulaImage;
import org.inceptionspark.image.Sha256;
import org.inceptionspark.image.core.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bit for bit what TF-Slim's own {@code preprocess_for_eval} gave in TensorFlow. */
class SlimPreprocessingTest {
  private static final int GUARD = 5;

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream json =
        SlimPreprocessingTest.class.getResourceAsStream("/preprocessing/preprocessing.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(json).spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTensorFlow(JsonNode expected) {
    int height = expected.get("target").get(0).asInt();
    int width = expected.get("target").get(1).asInt();
    float[] target = new float[height * width * 3 + 2 * GUARD];
    Arrays.fill(target, Float.NaN);

    new SlimPreprocessing(expected.get("central_fraction").asDouble())
        .apply(input(expected), height, width, target, GUARD);

    assertThat(Sha256.of(Arrays.copyOfRange(target, GUARD, target.length - GUARD)))
        .isEqualTo(expected.get("sha256_f32le").asText());
    for (int i = 0; i < GUARD; i++) {
      assertThat(target[i]).as("before the input").isNaN();
      assertThat(target[target.length - 1 - i]).as("behind the input").isNaN();
    }
  }

  private static RgbImage input(JsonNode expected) {
    String name = expected.get("input").asText().split("'", -1)[1];
    return FormulaImage.of(name, expected.get("height").asInt(), expected.get("width").asInt());
  }

  @Test
  void refusesFractionsThatCropEverything() {
    assertThatThrownBy(() -> new SlimPreprocessing(0))
        .hasMessage("central fraction must be within (0, 1], found 0.0");
    assertThatThrownBy(() -> new SlimPreprocessing(1.01))
        .hasMessage("central fraction must be within (0, 1], found 1.01");
  }

  @Test
  void isFoundByName() {
    assertThat(Preprocessing.named("slim")).isEqualTo(new SlimPreprocessing(0.875));
    assertThatThrownBy(() -> Preprocessing.named("caffe"))
        .hasMessageStartingWith("no preprocessing is named \"caffe\"; there is slim");
  }
}
