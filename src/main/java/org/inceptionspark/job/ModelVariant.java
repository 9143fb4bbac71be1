package org.inceptionspark.job;

import java.util.Optional;
import org.inceptionspark.weights.LoadOptions;

/**
 * What, besides the weight file, decides a model's numbers.
 *
 * @param loading what the user knows better than the file
 * @param head path or URI of a head in place of the model's own last layer
 * @param kernels {@code auto}, {@code vector}, {@code scalar} or {@code exact}
 */
public record ModelVariant(
    LoadOptions loading, Optional<String> head, PixelOptions pixels, String kernels) {
  /** The model as its file describes it. */
  public static final ModelVariant DEFAULT = of(PixelOptions.DEFAULT, Optional.empty());

  /** With the numbers that all kernels but {@code exact} give. */
  public static ModelVariant of(PixelOptions pixels, Optional<String> head) {
    return new ModelVariant(LoadOptions.DEFAULT, head, pixels, "auto");
  }
}
