package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.labeler.OnnxModel;
import org.inceptionspark.nn.onnx.ChannelsFirst;
import org.inceptionspark.nn.run.NetworkStream;
import org.inceptionspark.weights.model.MovingAverages;
import org.inceptionspark.weights.model.PoolDivisor;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TF-Slim's own outputs come out of every format. Many layers share a shape, so only this proves a
 * table of names.
 */
class TinyOutputsTest {
  @TempDir Path folder;

  private static final int SIZE = LoadedNetwork.SIZE;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tf_v1/tiny.ckpt",
        "tf_v2/tiny",
        "tf_v2/object",
        "frozen_pb/decomposed.pb",
        "frozen_pb/fused.pb",
        "frozen_pb/folded.pb",
        "keras_h5/weights.h5",
        "keras3/tiny.keras",
        "keras3/keras-2.13.weights.h5",
        "tfjs/float32/model.json",
        "safetensors/float32.safetensors",
        "torch/wrapped.pth",
        "torch/legacy.pth",
        "onnx/keys.onnx",
        "onnx/folded.onnx",
        "onnx/nameless.onnx"
      })
  void logits(String file) throws IOException {
    JsonNode expected = outputs();
    NetworkStream stream = run(Fixtures.path(file));
    for (int image = 0; image < 2; image++) {
      assertClose(stream.result("PreLogits", image), expected.path("PreLogits").get(image), 2e-5f);
      assertClose(stream.result("Logits", image), expected.path("Logits").get(image), 2e-5f);
    }
  }

  /** What is converted to ONNX gives the same logits in ONNX Runtime, and when it is read again. */
  @ParameterizedTest
  @ValueSource(strings = {"tf_v1/tiny.ckpt", "frozen_pb/fused.pb", "onnx/folded.onnx"})
  void convertedToOnnx(String file) throws IOException, OrtException {
    byte[] model = OnnxModel.of(ModelWeights.load(Fixtures.path(file)));
    float[] planes = ChannelsFirst.of(Formula.smoothInput("tiny", 2, SIZE, SIZE), SIZE * SIZE);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {2, 3, SIZE, SIZE};
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(planes), shape);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      float[][] logits = (float[][]) result.get("Logits").orElseThrow().getValue();
      for (int image = 0; image < 2; image++) {
        assertClose(logits[image], outputs().path("Logits").get(image), 1e-4f);
      }
    }
    Path path = Files.write(folder.resolve("model.onnx"), model);
    NetworkStream stream = run(path);
    assertClose(stream.result("Logits", 1), outputs().path("Logits").get(1), 2e-5f);
  }

  private static JsonNode outputs() throws IOException {
    return new ObjectMapper()
        .readTree(TinyOutputsTest.class.getResource("/weights/tiny-outputs.json"))
        .path("outputs");
  }

  /** Torch's own pools would count the padding; these weights were made with pools that do not. */
  private static NetworkStream run(Path path) {
    Optional<PoolDivisor> existing = Optional.of(PoolDivisor.EXISTING);
    LoadOptions options =
        new LoadOptions(MovingAverages.IGNORE, existing, Optional.empty(), Optional.empty());
    return LoadedNetwork.run(ModelWeights.load(path, options), "tiny");
  }

  private static void assertClose(float[] found, JsonNode expected, float tolerance) {
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo((float) expected.get(i).asDouble(), within(tolerance));
    }
  }
}
