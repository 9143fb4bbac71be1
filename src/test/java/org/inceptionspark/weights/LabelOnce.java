package org.inceptionspark.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * A program that reads a weight file, builds the network, labels a photograph, and nothing else.
 */
final class LabelOnce {
  private static final String PICTURE = "/org/inceptionspark/cli/commands/cat.jpg";

  private LabelOnce() {}

  public static void main(String[] arguments) throws IOException {
    ModelWeights weights = ModelWeights.load(Path.of(arguments[0]));
    ImageLabeler labeler = ImageLabeler.create(LabelerSpec.builder(weights).build());
    try (InputStream picture = LabelOnce.class.getResourceAsStream(PICTURE)) {
      LabelResult result = labeler.stream(1).label(List.of(picture.readAllBytes())).get(0);
      System.out.println(result.top());
    }
  }
}
