package org.inceptionspark.cli.options;

import java.util.Optional;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.ResultOptions;
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

  @Mixin private ModelVariantMixin variant;

  public String weights() {
    return weights;
  }

  public Optional<String> labels() {
    return labels;
  }

  public ModelRequest request(ResultOptions results, long maxPixels) {
    return new ModelRequest(weights, variant.variant(), results, maxPixels);
  }
}
