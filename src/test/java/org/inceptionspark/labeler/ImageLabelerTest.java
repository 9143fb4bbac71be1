package org.inceptionspark.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.weights.ModelWeights;
import org.junit.jupiter.api.Test;

/** What a labeler keeps. */
class ImageLabelerTest {
  /** An executor would hold some 100 MB that nobody reads any more. */
  @Test
  void notTheWeights() throws Exception {
    LabelerSpec spec = TinyModel.spec();
    WeakReference<ModelWeights> weights = new WeakReference<>(spec.weights());
    ImageLabeler labeler = ImageLabeler.create(spec);
    spec = null;
    for (int i = 0; i < 50 && weights.get() != null; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(weights.get()).isNull();
    byte[] photo = Files.readAllBytes(Path.of("src/quickstart/photos/chelsea.jpg"));
    assertThat(labeler.stream(1).label(List.of(photo)).get(0).top()).hasSize(5);
  }
}
