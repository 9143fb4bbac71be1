package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inceptionspark.image.preprocess.Preprocessing;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.tensor.Variable;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.MovingAverages;
import org.inceptionspark.weights.model.NetworkVariant;
import org.inceptionspark.weights.model.OutputActivation;
import org.inceptionspark.weights.model.PoolDivisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelWeightsTest {
  private static final String LOGITS = "InceptionV3/Logits/Conv2d_1c_1x1/biases";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tf_v1/tiny.ckpt",
        "tf_v1/sharded.ckpt",
        "tf_v1/partitioned.ckpt",
        "tf_v2/tiny",
        "tf_v2/partitioned",
        "tf_v2/training"
      })
  void checkpointsHoldTheFormula(String file) {
    ModelWeights weights = ModelWeights.load(Fixtures.path(file));
    TinyNetwork.assertLoaded(weights, TinyNetwork.variables());
    assertThat(weights.variables()).hasSize(388);
    assertThat(weights.fingerprint())
        .isEqualTo(ModelWeights.of("formula", TinyNetwork.tensors()).fingerprint());
  }

  @Test
  void kerasNamesOfTfjs() {
    ModelWeights weights = ModelWeights.load(Fixtures.path("tfjs/float32/model.json"));
    TinyNetwork.assertLoaded(weights, TinyNetwork.mainVariables());
    assertThat(weights.variables()).hasSize(378);
  }

  @Test
  void traits() {
    assertThat(ModelWeights.load(Fixtures.path("tf_v1/tiny.ckpt")).traits())
        .isEqualTo(
            new NetworkVariant(
                ModelFamily.SLIM,
                11,
                List.of(),
                true,
                false,
                true,
                0.0625,
                4,
                PoolDivisor.EXISTING,
                LastPool.AVERAGE,
                OutputActivation.SOFTMAX,
                "slim"));
  }

  @Test
  void fingerprintSeesEveryBit() {
    Map<String, Tensor> tensors = TinyNetwork.tensors();
    String before = ModelWeights.of("a", tensors).fingerprint();
    assertThat(before)
        .matches("[0-9a-f]{64}")
        .isEqualTo(ModelWeights.of("b", tensors).fingerprint());
    float[] changed = tensors.get(LOGITS).data().clone();
    changed[10] = Math.nextUp(changed[10]);
    tensors.put(LOGITS, new Tensor(Shape.of(11), changed));
    assertThat(ModelWeights.of("a", tensors).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void serialises() throws Exception {
    ModelWeights weights = ModelWeights.load(Fixtures.path("tf_v1/tiny.ckpt"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(weights);
    }
    assertThat(bytes.size()).isLessThan(101_017 * Float.BYTES + 60_000);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ModelWeights copy = (ModelWeights) in.readObject();
      TinyNetwork.assertLoaded(copy, TinyNetwork.variables());
      assertThat(copy.traits()).isEqualTo(weights.traits());
      assertThat(copy.fingerprint()).isEqualTo(weights.fingerprint());
      assertThat(copy.source()).isEqualTo(weights.source());
    }
  }

  /**
   * Values stay in the mapped file, even in one that is deleted, as copies and unpacked archives
   * are.
   */
  @Test
  void valuesStayInTheFile(@TempDir Path folder) throws IOException {
    Path copy = folder.resolve("model.ckpt");
    Files.copy(Fixtures.path("tf_v1/tiny.ckpt"), copy);
    ModelWeights weights = ModelWeights.load(copy);
    Files.delete(copy);
    assertThat(weights.variables().get(LOGITS)).isNotSameAs(weights.variables().get(LOGITS));
    TinyNetwork.assertLoaded(weights, TinyNetwork.variables());
    assertThat(weights.variables()).doesNotContainKey("InceptionV3/New");
    assertThat(weights.variables().get("InceptionV3/New")).isNull();
  }

  @Test
  void variablesCannotBeReplaced() {
    ModelWeights weights = ModelWeights.of("formula", TinyNetwork.tensors());
    assertThatThrownBy(() -> weights.variables().remove(LOGITS))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void whatTheUserKnowsBetter() {
    Path path = Fixtures.path("safetensors/bfloat16.safetensors");
    ModelWeights told = ModelWeights.load(path);
    ModelWeights known =
        ModelWeights.load(
            path,
            new LoadOptions(
                MovingAverages.IGNORE,
                Optional.of(PoolDivisor.EXISTING),
                Optional.of(LastPool.MAXIMUM),
                Optional.empty()));
    assertThat(told.traits().poolDivisor()).isEqualTo(PoolDivisor.WINDOW);
    assertThat(told.traits().lastPool()).isEqualTo(LastPool.AVERAGE);
    assertThat(known.traits().poolDivisor()).isEqualTo(PoolDivisor.EXISTING);
    assertThat(known.traits().lastPool()).isEqualTo(LastPool.MAXIMUM);
    assertThat(known.fingerprint()).isEqualTo(told.fingerprint());
  }

  /** Each family's own, which {@code image} proves against its library. */
  @ParameterizedTest
  @CsvSource({
    "tf_v1/tiny.ckpt, slim",
    "frozen_pb/fused.pb, slim",
    "keras_h5/weights.h5, keras",
    "keras3/tiny.keras, keras",
    "tf_v2/object, keras",
    "tfjs/float32/model.json, keras",
    "safetensors/float32.safetensors, torchvision",
    "safetensors/bfloat16.safetensors, timm",
    "torch/legacy.pth, torchvision",
    "onnx/keys.onnx, torchvision"
  })
  void preprocessingOfTheFamily(String file, String preprocessing) {
    assertThat(ModelWeights.load(Fixtures.path(file)).traits().preprocessing())
        .isEqualTo(preprocessing);
    assertThat(Preprocessing.named(preprocessing).name()).isEqualTo(preprocessing);
  }

  @Test
  void missingVariablesAreCountedAndNamed() {
    List<Variable> needed = new ArrayList<>(TinyNetwork.variables());
    for (int i = 1; i <= 7; i++) {
      needed.add(new Variable("InceptionV3/New_" + i, Shape.of(1)));
    }
    ModelWeights weights = ModelWeights.of("memory", TinyNetwork.tensors());
    assertThatThrownBy(() -> weights.require(needed))
        .hasMessage(
            "memory: 7 of 395 variables are missing: InceptionV3/New_1, InceptionV3/New_2, "
                + "InceptionV3/New_3, InceptionV3/New_4, InceptionV3/New_5 and 2 more");
  }

  @Test
  void wrongShapesShowBoth() {
    ModelWeights weights = ModelWeights.of("memory", TinyNetwork.tensors());
    assertThatThrownBy(() -> weights.require(List.of(new Variable(LOGITS, Shape.of(20)))))
        .hasMessage("memory: tensor " + LOGITS + ": shape [11] where the network needs [20]");
    assertThatThrownBy(() -> weights.require(List.of(new Variable(LOGITS, Shape.of(12)))))
        .hasMessage(
            "memory: tensor "
                + LOGITS
                + ": shape [11] where the network needs [12]; TF-Slim's "
                + "models have a background class before the others, Keras' and torch's do not");
  }
}
