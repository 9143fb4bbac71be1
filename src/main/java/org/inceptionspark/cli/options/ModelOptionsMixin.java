package org.inceptionspark.cli.options;

import java.util.List;
import java.util.Optional;
import org.inceptionspark.job.ModelRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which model labels, and what of it is kept. */
public final class ModelOptionsMixin {
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
          "Class names: imagenet, imagenet-1000, inception-2015, or a text file, path or URI. "
              + "Otherwise numbers.")
  @Names(Names.Kind.CLASS_NAMES)
  private Optional<String> labels;

  @Option(
      names = "--top",
      defaultValue = "5",
      paramLabel = "N",
      description = "Labels to keep for each image.")
  private int top;

  @Option(
      names = "--end-points",
      split = ",",
      paramLabel = "NAME",
      description = "Further end points to keep, by TF-Slim's names, each in a column of its name.")
  private List<String> endPoints = List.of();

  @Mixin private ModelVariant variant;

  @Option(
      names = "--max-pixels",
      defaultValue = ModelRequest.DEFAULT_MAX_PIXELS,
      paramLabel = "N",
      description = "Larger pictures are TOO_LARGE.")
  private long maxPixels;

  public int top() {
    return top;
  }

  public long maxPixels() {
    return maxPixels;
  }

  public ModelRequest request() {
    return request(endPoints);
  }

  /** The same model, keeping these end points. */
  public ModelRequest request(List<String> kept) {
    return variant.of(weights, labels, top, kept, maxPixels);
  }
}
