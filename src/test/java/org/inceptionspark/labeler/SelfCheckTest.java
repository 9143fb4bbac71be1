package org.inceptionspark.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.image.Decoding;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.weights.ModelWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A specification is labelled with only where it gives the bits that it gave where it was made. */
class SelfCheckTest {
  private static LabelerSpec spec(KernelChoice kernels, int classes, List<String> endPoints) {
    InceptionV3Options options =
        InceptionV3Options.builder(classes).depthMultiplier(0.1).withoutAuxLogits().build();
    ModelWeights weights =
        ModelWeights.of(
            "formula", Formula.variables(InceptionV3.network(299, 299, options).variables()));
    return LabelerSpec.builder(weights).kernels(kernels).endPoints(endPoints).build();
  }

  /** As Spark does. */
  private static LabelerSpec sent(LabelerSpec spec) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(spec);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (LabelerSpec) in.readObject();
    }
  }

  @Test
  void whatIsSentCarriesItsCheck() throws IOException, ClassNotFoundException {
    LabelerSpec spec = spec(KernelChoice.AUTO, 12, List.of());
    assertThat(spec.expected()).as("in its own JVM").isEmpty();
    assertThat(sent(spec).expected()).isPresent();
    assertThat(sent(sent(spec)).expected()).isPresent();
  }

  @Test
  void everyKernelPasses() throws IOException, ClassNotFoundException {
    for (KernelChoice kernels : KernelChoice.values()) {
      assertThat(ImageLabeler.create(sent(spec(kernels, 12, List.of("Mixed_5d"))))).isNotNull();
    }
    assertThat(ImageLabeler.create(sent(spec(KernelChoice.AUTO, 0, List.of())))).isNotNull();
  }

  /** Where pictures are decoded at a part of their size, the built-in one is too. */
  @Test
  void everyCutIsChecked() throws IOException, ClassNotFoundException {
    LabelerSpec spec = spec(KernelChoice.AUTO, 12, List.of());
    LabelerSpec scaled = LabelerSpec.builder(spec.weights()).decoding(Decoding.SCALED).build();
    assertThat(scaled.fingerprint()).isNotEqualTo(spec.fingerprint());
    assertThat(ImageLabeler.create(sent(scaled))).isNotNull();
    SelfCheck cuts = sent(scaled).expected().orElseThrow();
    assertThatThrownBy(() -> cuts.require(sent(spec).expected().orElseThrow(), "kernels"))
        .hasMessageContaining("inputs of 128 pixels a side are null, were ")
        .hasMessageContaining("inputs of 32 pixels a side are null, were ")
        .hasMessageNotContaining("its pixels");
  }

  /** One bit of one number, in the middle of its mantissa. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Conv2d_1a_3x3/weights",
        "Conv2d_4a_3x3/BatchNorm/moving_variance",
        "Mixed_5d/Branch_1/Conv2d_0b_5x5/weights",
        "Mixed_6e/Branch_2/Conv2d_0c_1x7/BatchNorm/beta",
        "Mixed_7c/Branch_3/Conv2d_0b_1x1/weights"
      })
  void aDamagedWeightIsFound(String variable) throws IOException, ClassNotFoundException {
    LabelerSpec spec = sent(spec(KernelChoice.AUTO, 12, List.of()));
    flip(spec, "InceptionV3/" + variable);
    assertThatThrownBy(() -> ImageLabeler.create(spec))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(
            "self-check failed, nothing is labelled here: of the built-in image, "
                + "Logits are [0-9a-f]{16}, were [0-9a-f]{16} and "
                + "PreLogits are [0-9a-f]{16}, were [0-9a-f]{16} "
                + "where the model was prepared; kernels: vector, .*; JVM: .*\\d.*");
  }

  @Test
  void onlyWhatDiffersIsNamed() throws IOException, ClassNotFoundException {
    LabelerSpec spec = sent(spec(KernelChoice.AUTO, 12, List.of()));
    flip(spec, "InceptionV3/Logits/Conv2d_1c_1x1/biases");
    assertThatThrownBy(() -> ImageLabeler.create(spec))
        .hasMessageContaining("image, Logits are ")
        .hasMessageNotContaining("PreLogits");
  }

  private static void flip(LabelerSpec spec, String variable) {
    float[] values = spec.weights().variables().get(variable).data();
    values[1] = Float.intBitsToFloat(Float.floatToIntBits(values[1]) ^ 0x1000);
  }
}
