package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.inceptionspark.weights.file.StoredTensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files give their kind of error, in one line that names the file, and nothing else. */
class BrokenFilesTest {
  private static final List<String> FORMATS =
      List.of("tf_v1", "tf_v2", "tfjs", "safetensors", "keras_h5", "keras3", "frozen_pb", "torch");

  record Case(JsonNode json) {
    List<String> accepted() {
      List<String> kinds = new ArrayList<>(List.of(json.path("expected").asText()));
      json.path("accept").forEach(each -> kinds.add(each.asText()));
      return kinds;
    }

    @Override
    public String toString() {
      return json.path("file").asText() + ": " + json.path("damage").asText();
    }
  }

  static Stream<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    new ObjectMapper()
        .readTree(Fixtures.path("broken/broken.json").toFile())
        .path("cases")
        .forEach(json -> cases.add(new Case(json)));
    return cases.stream().filter(each -> FORMATS.contains(each.json.path("format").asText()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  @Timeout(20)
  void givesItsKind(Case broken) {
    Path path = Fixtures.path("broken/" + broken.json.path("file").asText());
    Throwable error = catchThrowable(() -> use(broken, path));
    if (error == null) {
      assertThat(broken.accepted()).as("no error").contains("OK");
      return;
    }
    assertThat(error).isInstanceOf(WeightsException.class);
    WeightsException found = (WeightsException) error;
    assertThat(broken.accepted()).as(error.getMessage()).contains(found.kind().name());
    assertThat(found).hasMessageContaining(path.getParent().toString());
    assertThat(found.getMessage()).doesNotContain("\n").hasSizeLessThan(700);
    assertThat(found).hasMessageContaining(broken.json.path("must_mention").asText());
  }

  private static void use(Case broken, Path path) {
    switch (broken.json.path("level").asText()) {
      case "read" -> readAll(broken, path);
      case "tensor" -> {
        try (WeightsFile file = WeightsOpener.open(path)) {
          file.read(broken.json.path("tensor").asText());
        }
      }
      default -> ModelWeights.load(path).require(TinyNetwork.mainVariables());
    }
  }

  private static void readAll(Case broken, Path path) {
    try (WeightsFile file = WeightsOpener.open(path)) {
      for (StoredTensor tensor : file.tensors()) {
        readOne(file, tensor);
      }
      List<String> names = file.tensors().stream().map(StoredTensor::name).toList();
      broken.json.path("tensors").forEach(each -> assertThat(names).contains(each.asText()));
    }
  }

  /** Counters and the like are no weights; that is no damage. */
  private static void readOne(WeightsFile file, StoredTensor tensor) {
    try {
      file.read(tensor.name());
    } catch (WeightsException e) {
      if (e.kind() != Kind.WRONG_DTYPE) {
        throw e;
      }
    }
  }
}
