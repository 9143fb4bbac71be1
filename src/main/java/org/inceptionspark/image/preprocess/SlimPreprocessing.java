package org.inceptionspark.image.preprocess;

import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.Region;
import org.inceptionspark.image.core.SampledImage;

/**
 * TF-Slim's {@code preprocess_for_eval}, to the last bit: to [0, 1], central crop, bilinear resize
 * as TensorFlow 1 does it, to [-1, 1]. All in float32, each step rounded.
 *
 * @param centralFraction the share of each side that is kept, in (0, 1]
 */
record SlimPreprocessing(double centralFraction) implements Preprocessing {
  static final double CENTRAL_FRACTION = 0.875;

  private static final long serialVersionUID = 1L;

  /** A multiplication by the float32 next to 1/255, not a division. */
  private static final float[] LEVELS = LegacyBilinear.levels(0x1.010102p-8f);

  SlimPreprocessing {
    if (!(centralFraction > 0 && centralFraction <= 1)) {
      throw new IllegalArgumentException(
          "central fraction must be within (0, 1], found " + centralFraction);
    }
  }

  @Override
  public String name() {
    return "slim";
  }

  @Override
  public PixelGrid reads(int imageHeight, int imageWidth, int height, int width) {
    return new PixelGrid(axis(imageHeight, height).reads(), axis(imageWidth, width).reads());
  }

  @Override
  public void apply(SampledImage image, int height, int width, float[] target, int offset) {
    LegacyBilinear.resize(
        image, axis(image.height(), height), axis(image.width(), width), LEVELS, target, offset);
    int end = offset + height * width * 3;
    for (int i = offset; i < end; i++) {
      target[i] = (target[i] - 0.5f) * 2f;
    }
  }

  @Override
  public Region shows(int imageHeight, int imageWidth, int height, int width) {
    int top = start(imageHeight);
    int left = start(imageWidth);
    return new Region(left, top, imageWidth - left, imageHeight - top);
  }

  private int start(int size) {
    return (int) ((size - size * centralFraction) / 2);
  }

  private LegacyBilinear.Axis axis(int size, int outputs) {
    int start = start(size);
    return LegacyBilinear.Axis.of(start, size - 2 * start, outputs);
  }
}
