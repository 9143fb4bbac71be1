package org.inceptionspark.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.core.SampledImage;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bit for bit what Keras, torchvision, timm (all by way of Pillow) and TensorFlow gave; {@code
 * make_families.py} beside the expected values made them.
 */
class FamiliesTest {
  static final List<String> NAMES = Preprocessing.NAMES;

  static Stream<JsonNode> cases() throws IOException {
    try (InputStream json =
        FamiliesTest.class.getResourceAsStream("/preprocessing/families.json")) {
      return StreamSupport.stream(new ObjectMapper().readTree(json).spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsTheLibrary(JsonNode expected) {
    int side = expected.get("side").asInt();
    RgbImage picture =
        FormulaImage.of(
            expected.get("picture").asText(),
            expected.get("height").asInt(),
            expected.get("width").asInt());
    float[] input = new float[side * side * 3];
    Preprocessing family = Preprocessing.named(expected.get("family").asText());
    family.apply(picture, side, side, input, 0);
    for (JsonNode sample : expected.get("samples")) {
      assertThat(input[sample.get(0).asInt()])
          .as("value %s", sample.get(0))
          .isEqualTo((float) sample.get(1).asDouble());
    }
    assertThat(Sha256.of(input)).isEqualTo(expected.get("sha256_f32le").asText());

    PixelGrid grid = family.reads(picture.height(), picture.width(), side, side);
    SampledImage sampled =
        new SampledImage(picture.height(), picture.width(), grid, grid.pick(picture));
    float[] fromGrid = new float[input.length];
    family.apply(sampled, side, side, fromGrid, 0);
    assertThat(Sha256.of(fromGrid)).as("from the pixels it reads").isEqualTo(Sha256.of(input));
  }

  @ParameterizedTest
  @FieldSource("NAMES")
  void travelsToExecutors(String name) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(Preprocessing.named(name));
    }
    Preprocessing copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (Preprocessing) in.readObject();
    }
    assertThat(copy.name()).isEqualTo(name);
    RgbImage picture = FormulaImage.of("travels", 20, 30);
    float[] here = new float[27];
    float[] there = new float[27];
    Preprocessing.named(name).apply(picture, 3, 3, here, 0);
    copy.apply(picture, 3, 3, there, 0);
    assertThat(there).isEqualTo(here);
  }

  @Test
  void pytorchFamiliesAreSquare() {
    RgbImage picture = FormulaImage.of("square", 4, 4);
    assertThatThrownBy(() -> Preprocessing.named("timm").apply(picture, 2, 3, new float[18], 0))
        .hasMessage("timm makes square inputs, asked for 2 x 3");
  }
}
