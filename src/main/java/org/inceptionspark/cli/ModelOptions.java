package org.inceptionspark.cli;

import java.util.List;
import java.util.Optional;
import org.inceptionspark.job.ModelRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which model labels, and what of it is kept. */
final class ModelOptions {
  @Option(
      names = "--weights",
      required = true,
      paramLabel = "FILE",
      description = "Weight file, path or URI: a TF-Slim checkpoint, a TF.js model.json, ...")
  private String weights;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Class names: imagenet, imagenet-1000, inception-2015, or a text file, path or URI. "
              + "Otherwise numbers.")
  private Optional<String> labels;

  @Option(
      names = "--head",
      paramLabel = "FILE",
      description = "A head by train-head, path or URI, in place of the model's own classes.")
  private Optional<String> head;

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

  @Option(
      names = "--orientation",
      defaultValue = "apply",
      paramLabel = "apply|ignore",
      description = "Whether EXIF orientation turns pictures upright; TensorFlow ignores it.")
  private String orientation;

  @Option(
      names = "--preprocessing",
      paramLabel = "NAME",
      description = "How pictures become the network's input. Otherwise as the model was trained.")
  private Optional<String> preprocessing;

  @Mixin private LoadOptionsMixin loading;

  @Option(
      names = "--max-pixels",
      defaultValue = ModelRequest.DEFAULT_MAX_PIXELS,
      paramLabel = "N",
      description = "Larger pictures are TOO_LARGE.")
  private long maxPixels;

  @Option(
      names = "--kernels",
      defaultValue = "auto",
      paramLabel = "auto|vector|scalar|exact",
      description =
          "Implementation of the arithmetic; the first three give the same numbers. exact does"
              + " without minimal filters: nearer to TensorFlow's, half as fast, another model.")
  private String kernels;

  int top() {
    return top;
  }

  long maxPixels() {
    return maxPixels;
  }

  ModelRequest request() {
    return request(endPoints);
  }

  /** The same model, keeping these end points. */
  ModelRequest request(List<String> kept) {
    return new ModelRequest(
        weights,
        loading.options(),
        labels,
        top,
        kept,
        orientation,
        maxPixels,
        preprocessing,
        kernels,
        head);
  }
}
