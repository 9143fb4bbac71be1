package org.inceptionspark.image.preprocess;

import java.io.Serializable;
import java.util.List;
import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.Region;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.core.SampledImage;

/**
 * How a family of models turns a picture into its input. The name is part of a model's identity:
 * the same weights give other numbers with another preprocessing.
 */
public interface Preprocessing extends Serializable {
  /** TF-Slim's, the default. */
  String DEFAULT = "slim";

  /** All names that {@link #named} knows. */
  List<String> NAMES =
      List.of("slim", "keras", "torchvision", "timm", "label-image", "inception-2015");

  /** The name under which {@link #named} finds it. */
  String name();

  /**
   * The pixels of an upright picture of the given size that an input of the given size depends on.
   */
  PixelGrid reads(int imageHeight, int imageWidth, int height, int width);

  /** The part of an upright picture that an input shows; by default all of it. */
  default Region shows(int imageHeight, int imageWidth, int height, int width) {
    return new Region(0, 0, imageWidth, imageHeight);
  }

  /**
   * Writes one network input from a picture with at least the pixels of {@link #reads}.
   *
   * @param target receives {@code height * width * 3} values in row-major order, red first
   * @param offset of the first value in {@code target}
   */
  void apply(SampledImage image, int height, int width, float[] target, int offset);

  /** As above, from a whole picture. */
  default void apply(RgbImage image, int height, int width, float[] target, int offset) {
    apply(SampledImage.whole(image), height, width, target, offset);
  }

  /**
   * The preprocessing of this name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  static Preprocessing named(String name) {
    return switch (name) {
      case "slim" -> new SlimPreprocessing(SlimPreprocessing.CENTRAL_FRACTION);
      case "keras" -> new KerasPreprocessing();
      case "torchvision" -> CentreCropPreprocessing.torchvision();
      case "timm" -> CentreCropPreprocessing.timm();
      case "label-image" -> new LegacyStretch(name, 0f, 255f);
      case "inception-2015" -> new LegacyStretch(name, 128f, 128f);
      default ->
          throw new IllegalArgumentException(
              "no preprocessing is named \"" + name + "\"; there is " + String.join(", ", NAMES));
    };
  }
}
