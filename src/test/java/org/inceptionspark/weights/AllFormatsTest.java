package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsFile;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file that the writers of the fixtures made, also those that are left out here for their
 * size: whoever has them names their folder, {@code -Dgoldens.formats=DIR}.
 */
@EnabledIfSystemProperty(named = "goldens.formats", matches = ".+")
class AllFormatsTest {
  private static final List<String> FOLDERS =
      List.of(
          "tf_v1",
          "tf_v2",
          "tf_v2/object",
          "frozen_pb",
          "keras_h5",
          "keras3",
          "tfjs",
          "safetensors",
          "torch",
          "onnx");

  record File(Path path, JsonNode tensors, List<String> without) {
    @Override
    public String toString() {
      return path.getParent().getFileName() + "/" + path.getFileName();
    }
  }

  static Stream<File> files() throws IOException {
    List<File> files = new ArrayList<>();
    for (String name : FOLDERS) {
      Path folder = Path.of(System.getProperty("goldens.formats"), name);
      JsonNode json = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
      for (Map.Entry<String, JsonNode> file : json.path("files").properties()) {
        List<String> without = new ArrayList<>();
        file.getValue().path("without").forEach(each -> without.add(each.asText()));
        Path path = folder.resolve(file.getKey().replace("-?????-of-00002", ""));
        files.add(
            new File(path, json.path("sets").path(file.getValue().get("set").asText()), without));
      }
    }
    return files.stream().filter(file -> !file.path.endsWith("latest.h5"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void holdsWhatWasWritten(File expected) {
    try (WeightsFile file = WeightsOpener.open(expected.path())) {
      Map<String, StoredTensor> found = new LinkedHashMap<>();
      file.tensors().forEach(tensor -> found.put(tensor.name(), tensor));
      for (JsonNode tensor : expected.tensors()) {
        String name = tensor.path("name").asText();
        if (!expected.without().contains(name)) {
          assertThat(found).containsKey(name);
          assertSame(file, found.get(name), tensor);
        }
      }
    }
  }

  private static void assertSame(WeightsFile file, StoredTensor found, JsonNode expected) {
    List<Integer> shape = new ArrayList<>();
    expected.path("shape").forEach(each -> shape.add(each.asInt()));
    assertThat(found.dimensions()).as(found.name()).isEqualTo(shape);
    if (expected.has("sha256")) {
      assertThat(expected.path("sha256").asText())
          .as(found.name())
          .startsWith(ExpectedTensors.digest(file.read(found.name())));
    }
  }
}
