package org.inceptionspark.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.inception.ExactnessFigures;
import org.inceptionspark.labels.Label;
import org.inceptionspark.labels.LabelNames;
import org.inceptionspark.labels.Probabilities;
import org.inceptionspark.weights.ModelWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Photographs through the demonstration model, against TensorFlow running TF-Slim's own graph. How
 * near they come is in {@code target/exactness-photographs.txt} afterwards, as the documentation
 * has it; with {@code -Dexactness.arithmetic=direct} that of {@code --kernels exact}.
 */
class PhotographTest {
  private static final Path MODEL = Path.of("src/quickstart/model");
  private static final Path PHOTOS = Path.of("src/quickstart/photos");
  private static final Path GOLDENS = Path.of("src/test/resources/photos");

  private static ExactnessFigures figures;

  @BeforeAll
  static void begin() throws IOException {
    figures = ExactnessFigures.in("target/exactness-photographs.txt");
  }

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
      assertAgrees(
          photos.get(i), results.get(i), relative(results.get(i).prelogits(), prelogits, i));
    }
  }

  private static void assertAgrees(JsonNode photo, LabelResult result, double prelogits)
      throws IOException {
    String file = photo.get("file").asText();
    double logits = largest(result.logits(), photo.get("logits"));
    double probabilities =
        largest(Probabilities.softmax(result.logits()), photo.get("probabilities"));
    assertThat(prelogits).as(file + " PreLogits").isLessThan(1e-5);
    assertThat(logits).as(file + " logits").isLessThan(1e-3);
    assertThat(probabilities).as(file + " probabilities").isLessThan(1e-4);
    String line = "%-36s PreLogits, relative %.1e  logits, largest %.1e  probabilities %.1e%n";
    figures.add(line.formatted(file, prelogits, logits, probabilities));
  }

  /** The largest difference of an element. */
  private static double largest(float[] found, JsonNode expected) {
    assertThat(found).hasSize(expected.size());
    double largest = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(found[i] - expected.get(i).asDouble()));
    }
    return largest;
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
        .arithmetic(ExactnessFigures.ARITHMETIC)
        .build();
  }

  private static double relative(float[] found, float[] all, int image) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < found.length; i++) {
      double expected = all[image * found.length + i];
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
