package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.inceptionspark.weights.model.PoolDivisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAgainWithItsTraits() throws IOException {
    ModelWeights torch = ModelWeights.load(Fixtures.path("torch/wrapped.pth"));
    Path path = folder.resolve("model.safetensors");
    SafetensorsWriter.write(torch, path);
    ModelWeights again = ModelWeights.load(path);
    assertThat(again.fingerprint()).isEqualTo(torch.fingerprint());
    assertThat(again.traits()).isEqualTo(torch.traits());
    assertThat(again.traits().poolDivisor()).isEqualTo(PoolDivisor.WINDOW);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void differencesAreOrderedBySize() {
    ModelWeights exact = ModelWeights.load(Fixtures.path("tf_v2/tiny"));
    ModelWeights rounded = ModelWeights.load(Fixtures.path("tf_v1/half.ckpt"));
    WeightsDifference difference = WeightsDifference.between(exact, rounded);
    assertThat(difference.onlyInFirst()).isEmpty();
    assertThat(difference.onlyInSecond()).isEmpty();
    assertThat(difference.variables()).hasSize(388);
    assertThat(difference.variables().get(0).relative()).isBetween(1e-5, 1e-3);
    assertThat(difference.variables().get(387).relative())
        .isLessThanOrEqualTo(difference.variables().get(0).relative());
    ModelWeights keras = ModelWeights.load(Fixtures.path("keras_h5/weights.h5"));
    assertThat(WeightsDifference.between(exact, keras).onlyInFirst())
        .hasSize(10)
        .allMatch(name -> name.contains("/AuxLogits/"));
  }
}
