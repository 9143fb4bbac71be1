package org.inceptionspark.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.ClassifierHead;
import org.inceptionspark.weights.file.WeightsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logits from old embeddings, with the model's own last layer and with another. */
class ClassifierTest {
  private static final List<byte[]> PHOTOGRAPHS =
      List.of(photograph("china"), photograph("fig"), photograph("chelsea"));

  @TempDir Path directory;

  private static byte[] photograph(String name) {
    try {
      return Files.readAllBytes(Path.of("src/quickstart/photos/" + name + ".jpg"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ClassifierHead head(String base, int prelogits) {
    float[] weights = new float[prelogits * 3];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.sin(i * 0.37);
    }
    return new ClassifierHead(
        new Tensor(Shape.of(1, 1, prelogits, 3), weights),
        new Tensor(Shape.of(3), new float[] {0.1f, -0.2f, 0.3f}),
        List.of("boat", "cat", "fruit"),
        base);
  }

  private static int prelogits() {
    return Classifier.of(TinyModel.spec().weights()).prelogits();
  }

  private static ClassifierHead head() {
    return head(TinyModel.spec().fingerprint(), prelogits());
  }

  private static void assertSameLogits(LabelerSpec spec, Classifier classifier) {
    Classifier.Stream stream = classifier.stream();
    List<LabelResult> results = ImageLabeler.create(spec).stream(2).label(PHOTOGRAPHS);
    assertThat(results)
        .hasSize(3)
        .allSatisfy(
            result ->
                assertThat(stream.logits(result.prelogits()))
                    .hasSize(spec.classes())
                    .containsExactly(result.logits()));
  }

  @Test
  void theModelsOwnLayerGivesTheBitsOfTheNetwork() {
    LabelerSpec spec = TinyModel.spec();
    assertSameLogits(spec, Classifier.of(spec.weights()));
  }

  @Test
  void aHeadGivesTheBitsOfTheNetworkThatHasIt() {
    assertSameLogits(TinyModel.builder().head(head()).build(), Classifier.of(head()));
  }

  @Test
  void aHeadChangesLogitsNamesAndIdentityButNotTheEmbedding() {
    LabelerSpec plain = TinyModel.spec();
    LabelerSpec headed = TinyModel.builder().head(head()).build();
    LabelResult before = ImageLabeler.create(plain).stream(1).label(PHOTOGRAPHS).get(0);
    LabelResult after = ImageLabeler.create(headed).stream(1).label(PHOTOGRAPHS).get(0);
    assertThat(after.prelogits()).containsExactly(before.prelogits());
    assertThat(after.logits()).hasSize(3);
    assertThat(after.top()).extracting("label").containsOnly("boat", "cat", "fruit");
    assertThat(headed.fingerprint())
        .isEqualTo(head().model())
        .isNotEqualTo(plain.fingerprint())
        .hasSameSizeAs(plain.fingerprint());
  }

  @Test
  void otherWeightsInTheHeadAreAnotherModel() {
    ClassifierHead head = head();
    Tensor biases = new Tensor(Shape.of(3), new float[] {0.1f, -0.2f, 0.4f});
    ClassifierHead other = new ClassifierHead(head.weights(), biases, head.names(), head.base());
    assertThat(other.model()).isNotEqualTo(head.model());
    String anotherBase = "0123456789abcdef".repeat(2);
    assertThat(head(anotherBase, prelogits()).model()).isNotEqualTo(head.model());
  }

  @Test
  void aHeadIsWrittenAndReadWithAllItHas() throws IOException {
    ClassifierHead head = head();
    Path file = directory.resolve("head.safetensors");
    head.write(file);
    ClassifierHead read = ClassifierHead.load(file);
    assertThat(read.weights().data()).containsExactly(head.weights().data());
    assertThat(read.biases().data()).containsExactly(head.biases().data());
    assertThat(read.names()).isEqualTo(head.names());
    assertThat(read.base()).isEqualTo(head.base());
    assertThat(read.model()).isEqualTo(head.model());
  }

  @Test
  void aHeadOfAnotherBaseIsRefused() {
    LabelerSpec.Builder builder = TinyModel.builder().orientation(Orientation.IGNORE).head(head());
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the head was fitted to prelogits of model %s, these weights with slim preprocessing and"
                + " orientation ignore are model %s",
            TinyModel.spec().fingerprint(),
            TinyModel.builder().orientation(Orientation.IGNORE).build().fingerprint());
  }

  @Test
  void weightsThatAreNoHeadAreRefused() {
    assertThatThrownBy(() -> ClassifierHead.load(TinyModel.checkpoint()))
        .isInstanceOf(WeightsException.class)
        .hasMessageEndingWith("no head as train-head writes them");
  }

  @Test
  void embeddingsOfAnotherWidthAreRefused() {
    Classifier.Stream stream = Classifier.of(head()).stream();
    assertThatThrownBy(() -> stream.logits(new float[7]))
        .hasMessage("7 prelogits where the classifier takes " + prelogits());
  }
}
