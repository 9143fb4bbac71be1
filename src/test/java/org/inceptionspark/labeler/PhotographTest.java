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

/** Photographs through the demonstration model, against TensorFlow running TF-Slim's own graph. */
class PhotographTest {
  private static final Path MODEL = Path.of("src/quickstart/model");
  private static final Path PHOTOS = Path.of("src/quickstart/photos");
  private static final Path GOLDENS = Path.of("src/test/resources/photos");

  /** Made by src/test/python/make_photo_goldens.py. */
  @Test
  void agreesWithSlimOnSamplePhotographs() throws IOException {
    JsonNode golden = new ObjectMapper().readTree(GOLDENS.resolve("slim.json").toFile());
    assertAgrees(PHOTOS, golden.get("photographs"), floats(GOLDENS.resolve("prelogits.f32")), 3);
  }

  /** More photographs, not free to publish: whoever has them names their folder. */
  @Test
  @EnabledIfSystemProperty(named = "goldens.photos", matches = ".+")
  void agreesWithSlimOnFurtherPhotographs() throws IOException {
    Path folder = Path.of(System.getProperty("goldens.photos"));
    JsonNode golden = new ObjectMapper().readTree(folder.resolve("real.json").toFile());
    assertAgrees(folder, golden.get("photos"), floats(folder.resolve("prelogits.f32")), 12);
  }

  private static void assertAgrees(Path folder, JsonNode photos, float[] prelogits, int count)
      throws IOException {
    List<byte[]> images = new ArrayList<>();
    for (JsonNode photo : photos) {
      images.add(Files.readAllBytes(folder.resolve(photo.get("file").asText())));
    }
    List<LabelResult> results = ImageLabeler.create(spec()).stream(8).label(images);
    assertThat(results).hasSize(count);
    for (int i = 0; i < results.size(); i++) {
      JsonNode photo = photos.get(i);
      LabelResult result = results.get(i);
      String file = photo.get("file").asText();
      double error = relative(result.prelogits(), prelogits, i * 2048);
      assertThat(error).as(file).isLessThan(1e-5);
      float[] probabilities = Probabilities.softmax(result.logits());
      for (int c = 0; c < 5; c++) {
        assertThat((double) result.logits()[c])
            .as("%s logit %d", file, c)
            .isCloseTo(photo.get("logits").get(c).asDouble(), within(1e-3));
        assertThat((double) probabilities[c])
            .as("%s probability %d", file, c)
            .isCloseTo(photo.get("probabilities").get(c).asDouble(), within(1e-4));
      }
    }
  }

  @Test
  void labelsTheSamplePhotographs() throws IOException {
    byte[] cat = Files.readAllBytes(PHOTOS.resolve("chelsea.jpg"));
    LabelResult result = ImageLabeler.create(spec()).stream(2).label(List.of(cat)).get(0);
    assertThat(result.error()).isNull();
    assertThat(result.prelogits()).hasSize(2048);
    assertThat(result.top()).extracting(Label::label).first().isEqualTo("neutral");
  }

  private static LabelerSpec spec() throws IOException {
    return LabelerSpec.builder(ModelWeights.load(MODEL))
        .labels(LabelNames.read(MODEL.resolve("labels.txt")))
        .preprocessing("slim")
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
