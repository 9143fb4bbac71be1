package org.inceptionspark.cli.options;

import java.util.List;
import java.util.Optional;
import org.inceptionspark.job.ModelRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a model and its classes. */
public final class ClassifierOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "Weight file, path or URI: a TF-Slim checkpoint, a TF.js model.json, ...")
  @Names(Names.Kind.FILE)
  private String weights;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Class names: imagenet, imagenet-1000, inception-2015, or a text file, path or URI."
              + " By default numbers.")
  @Names(Names.Kind.CLASS_NAMES)
  private Optional<String> labels;

  @Mixin private ModelVariant variant;

  public String weights() {
    return weights;
  }

  /**
   * @param top number of labels for each image
   * @param endPoints further end points, by TF-Slim's names
   * @param maxPixels of an image; larger ones are not decoded
   */
  public ModelRequest request(int top, List<String> endPoints, long maxPixels) {
    return variant.of(weights, labels, top, endPoints, maxPixels);
  }
}
