package org.inceptionspark.image.preprocess;

import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.SampledImage;

/**
 * The whole picture stretched by TensorFlow 1's bilinear resize, then {@code (value - subtrahend) /
 * divisor}: as in the {@code label_image} demonstration, and inside the graph of 2015.
 *
 * @param subtrahend on the scale of 0 to 255
 */
record LegacyStretch(String name, float subtrahend, float divisor) implements Preprocessing {
  private static final long serialVersionUID = 1L;
  private static final float[] LEVELS = LegacyBilinear.levels(1f);

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
      target[i] = (target[i] - subtrahend) / divisor;
    }
  }

  private static LegacyBilinear.Axis axis(int size, int outputs) {
    return LegacyBilinear.Axis.of(0, size, outputs);
  }
}
