package org.inceptionspark.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.labels.Label;
import org.inceptionspark.labels.LabelNames;
import org.inceptionspark.labels.Probabilities;
import org.inceptionspark.weights.ModelWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Real photographs through the real trained network, against TF-Slim's own results. The photographs
 * are not free to publish, so whoever has them names their folder: {@code -Dgoldens.photos=...}.
 */
class PhotographTest {
  private static final Path MODEL = Path.of("src/quickstart/model");

  @Test
  @EnabledIfSystemProperty(named = "goldens.photos", matches = ".+")
  void agreesWithSlim() throws IOException {
    Path folder = Path.of(System.getProperty("goldens.photos"));
    JsonNode golden = new ObjectMapper().readTree(folder.resolve("real.json").toFile());
    float[] prelogits = floats(folder.resolve("prelogits.f32"));
    List<byte[]> photographs = new ArrayList<>();
    for (JsonNode photo : golden.get("photos")) {
      photographs.add(Files.readAllBytes(folder.resolve(photo.get("file").asText())));
    }
    List<LabelResult> results = ImageLabeler.create(spec()).stream(8).label(photographs);
    for (int i = 0; i < results.size(); i++) {
      JsonNode photo = golden.get("photos").get(i);
      LabelResult result = results.get(i);
      double error = relative(result.prelogits(), prelogits, i * 2048);
      assertThat(error).as(photo.get("file").asText()).isLessThan(1e-5);
      float[] probabilities = Probabilities.softmax(result.logits());
      for (int c = 0; c < 5; c++) {
        assertThat((double) result.logits()[c])
            .isCloseTo(photo.get("logits").get(c).asDouble(), within(1e-3));
        assertThat((double) probabilities[c])
            .isCloseTo(photo.get("probabilities").get(c).asDouble(), within(1e-4));
      }
    }
  }

  @Test
  void labelsTheSamplePhotographs() throws IOException {
    byte[] cat = Files.readAllBytes(Path.of("src/quickstart/photos/chelsea.jpg"));
    LabelResult result = ImageLabeler.create(spec()).stream(2).label(List.of(cat)).get(0);
    assertThat(result.error()).isNull();
    assertThat(result.prelogits()).hasSize(2048);
    assertThat(result.top()).extracting(Label::label).first().isEqualTo("neutral");
  }

  private static LabelerSpec spec() throws IOException {
    return LabelerSpec.builder(ModelWeights.load(MODEL))
        .labels(LabelNames.read(MODEL.resolve("labels.txt")))
        .build();
  }

  private static double relative(float[] found, float[] all, int offset) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < found.length; i++) {
      double expected = all[offset + i];
      difference += (found[i] - expected) * (found[i] - expected);
      norm += expected * expected;
    }
    return Math.sqrt(difference / norm);
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
