package org.inceptionspark.cli.options;

import java.util.Optional;
import org.inceptionspark.job.ModelVariant;
import org.inceptionspark.job.PixelOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that, besides the weight file, decide a model's numbers. */
public final class ModelVariantMixin {
  @Option(
      names = "--head",
      paramLabel = "FILE",
      description = "A head from train-head, path or URI, in place of the model's own classes.")
  @Names(Names.Kind.FILE)
  private Optional<String> head;

  @Option(
      names = "--orientation",
      defaultValue = "apply",
      paramLabel = "apply|ignore",
      description = "Whether EXIF orientation turns pictures upright; TensorFlow ignores it.")
  private String orientation;

  @Option(
      names = "--decode",
      defaultValue = "full",
      paramLabel = "full|scaled",
      description =
          "scaled decodes large JPEGs at 1/2, 1/4 or 1/8, as far as the network's input allows:"
              + " faster, slightly different numbers, a model of its own.")
  private String decode;

  @Option(
      names = "--preprocessing",
      paramLabel = "NAME",
      description = "How pictures become the network's input. By default as the model was trained.")
  private Optional<String> preprocessing;

  @Mixin private LoadOptionsMixin loading;

  @Option(
      names = "--kernels",
      defaultValue = "auto",
      paramLabel = "auto|vector|scalar|exact",
      description =
          "Implementation of the arithmetic; the first three give the same numbers. exact"
              + " computes convolutions directly: nearer to TensorFlow's, half as fast, a"
              + " model of its own.")
  private String kernels;

  public ModelVariant variant() {
    PixelOptions pixels = new PixelOptions(orientation, decode, preprocessing);
    return new ModelVariant(loading.options(), head, pixels, kernels);
  }
}
