package org.inceptionspark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.weights.ModelWeights;

/** An Inception V3 of one sixteenth of the width with 11 classes, as TensorFlow saved it. */
public final class TinyModel {
  private static final Path STORED = Path.of("src/test/resources/weights/tf_v2/tiny");

  private TinyModel() {}

  /** Prefix of the checkpoint's files on this machine. */
  public static Path checkpoint() {
    return Holder.CHECKPOINT;
  }

  public static LabelerSpec spec() {
    return builder().build();
  }

  public static LabelerSpec.Builder builder() {
    return LabelerSpec.builder(ModelWeights.load(checkpoint()));
  }

  private static final class Holder {
    static final Path CHECKPOINT = unpack();

    private static Path unpack() {
      try (var files = Files.newDirectoryStream(STORED, "model.ckpt*.gz")) {
        Path directory = Files.createTempDirectory("inception-spark-tiny");
        for (Path file : files) {
          String name = file.getFileName().toString().replaceFirst("\\.gz$", "");
          try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            Files.copy(in, directory.resolve(name));
          }
        }
        return directory.resolve("model.ckpt");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
