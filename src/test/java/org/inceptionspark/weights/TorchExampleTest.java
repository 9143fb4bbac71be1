package org.inceptionspark.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inceptionspark.weights.TorchPickles.body;
import static org.inceptionspark.weights.TorchPickles.dict;
import static org.inceptionspark.weights.TorchPickles.list;
import static org.inceptionspark.weights.TorchPickles.number;
import static org.inceptionspark.weights.TorchPickles.tensor;
import static org.inceptionspark.weights.TorchPickles.text;
import static org.inceptionspark.weights.TorchPickles.tuple;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PyTorch's ImageNet example saves: a tensor of no dimensions beside the state dict. */
class TorchExampleTest {
  private static final String FIXTURE = "wrapped.pth";

  @TempDir Path folder;

  @Test
  void opensAsWithoutTheTensorBeside() throws IOException {
    String checkpoint = body(FIXTURE);
    assertThat(checkpoint).startsWith("7d710028"); // an empty dictionary, remembered, and its items
    String best = text("best_acc1") + tensor("FloatStorage");
    String names = tuple(text("a"), "4e", "88");
    String more = best + text("args") + dict(text("lr"), number(1), text("names"), list(names));
    Path path =
        TorchPickles.write(
            folder.resolve("model.pth"),
            FIXTURE,
            checkpoint.replaceFirst("7d710028", "7d710028" + more));
    TinyNetwork.assertLoaded(ModelWeights.load(path), TinyNetwork.variables());
  }
}
