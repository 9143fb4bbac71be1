package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.file.DType;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.file.WeightsFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints that TensorFlow wrote, bit for bit. */
class TensorFlowCheckpointTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "tiny.ckpt, float32",
    "sharded.ckpt-00000-of-00002, float32",
    "sharded.ckpt-00001-of-00002, float32",
    "sharded.ckpt, float32",
    "partitioned.ckpt, float32",
    "half.ckpt, half",
    "double-first40.ckpt, double"
  })
  void versionOne(String name, String set) {
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("tf_v1/" + name))) {
      assertThat(file.format()).isEqualTo(WeightsFormat.TENSORFLOW_V1);
      ExpectedTensors.assertEqual(file, ExpectedTensors.set("tf_v1", set));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tiny/model.ckpt, float32",
    "tiny/model.ckpt.index, float32",
    "tiny/model.ckpt.data-00000-of-00001, float32",
    "tiny, float32",
    "sharded/model.ckpt, float32",
    "partitioned/model.ckpt, float32",
    "bfloat16/model.ckpt, bfloat16",
    "double-first40/model.ckpt, double",
    "training/model.ckpt-123457, training",
    "training, training"
  })
  void versionTwo(String name, String set) {
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("tf_v2/" + name))) {
      assertThat(file.format()).isEqualTo(WeightsFormat.TENSORFLOW_V2);
      ExpectedTensors.assertEqual(file, ExpectedTensors.set("tf_v2", set));
    }
  }

  @Test
  void objectsOfTensorFlowTwo() {
    Map<String, ExpectedTensors.Expected> expected =
        new HashMap<>(ExpectedTensors.set("tf_v2/object", "float32"));
    String graph = "_CHECKPOINTABLE_OBJECT_GRAPH";
    expected.put(
        graph,
        new ExpectedTensors.Expected(new StoredTensor(graph, DType.STRING, Shape.of()), "", ""));
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("tf_v2/object"))) {
      assertThat(file.tensors()).hasSize(379);
      expected.values().stream()
          .filter(each -> each.tensor().dtype().isFloat())
          .forEach(
              each ->
                  assertThat(ExpectedTensors.digest(file.read(each.tensor().name())))
                      .isEqualTo(each.digest()));
      assertThatThrownBy(() -> file.read(graph))
          .hasMessageEndingWith("tensor " + graph + ": holds string, weights are floating point");
    }
  }

  @Test
  void missingShardOfVersionOneIsNamed() throws IOException {
    Path shard = folder.resolve("model-00000-of-00002");
    Files.copy(Fixtures.path("tf_v1/sharded.ckpt-00000-of-00002"), shard);
    assertThatThrownBy(() -> WeightsOpener.open(shard))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            shard + ": 1 of 2 shards are missing: " + folder.resolve("model-00001-of-00002"));
  }

  @Test
  void absentFile() {
    Path absent = folder.resolve("model.ckpt");
    assertThatThrownBy(() -> WeightsOpener.open(absent)).hasMessage(absent + ": no such file");
  }

  @Test
  void absentTensor() {
    try (WeightsFile file = WeightsOpener.open(Fixtures.path("tf_v1/tiny.ckpt"))) {
      assertThatThrownBy(() -> file.read("conv0"))
          .hasMessageEndingWith("tiny.ckpt: tensor conv0: not in the file");
    }
  }
}
