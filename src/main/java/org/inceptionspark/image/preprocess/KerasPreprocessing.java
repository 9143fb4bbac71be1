package org.inceptionspark.image.preprocess;

import java.util.Arrays;
import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.SampledImage;

/**
 * Keras' {@code load_img} with a target size and {@code inception_v3.preprocess_input}: the whole
 * picture stretched to the nearest pixels, as Pillow does, then {@code value / 127.5 - 1}.
 */
record KerasPreprocessing() implements Preprocessing {
  private static final long serialVersionUID = 1L;
  private static final float[] LEVELS = levels();

  @Override
  public String name() {
    return "keras";
  }

  @Override
  public PixelGrid reads(int imageHeight, int imageWidth, int height, int width) {
    return new PixelGrid(
        distinct(nearest(imageHeight, height)), distinct(nearest(imageWidth, width)));
  }

  @Override
  public void apply(SampledImage image, int height, int width, float[] target, int offset) {
    byte[] rgb = image.pixels().rgb();
    int[] rows = places(nearest(image.height(), height), image.grid().rows());
    int[] columns = places(nearest(image.width(), width), image.grid().columns());
    int out = offset;
    for (int row : rows) {
      for (int column : columns) {
        int in = 3 * (row * image.pixels().width() + column);
        target[out] = LEVELS[rgb[in] & 0xff];
        target[out + 1] = LEVELS[rgb[in + 1] & 0xff];
        target[out + 2] = LEVELS[rgb[in + 2] & 0xff];
        out += 3;
      }
    }
  }

  /** Pillow accumulates the step from output to output, so its rounding is part of the result. */
  private static int[] nearest(int size, int outputs) {
    int[] nearest = new int[outputs];
    double step = (double) size / outputs;
    double centre = step * 0.5;
    for (int i = 0; i < outputs; i++) {
      nearest[i] = Math.min((int) centre, size - 1);
      centre += step;
    }
    return nearest;
  }

  private static int[] distinct(int[] indices) {
    return Arrays.stream(indices).distinct().toArray();
  }

  private static int[] places(int[] indices, int[] kept) {
    return Arrays.stream(indices).map(index -> Arrays.binarySearch(kept, index)).toArray();
  }

  private static float[] levels() {
    float[] levels = new float[256];
    for (int value = 0; value < levels.length; value++) {
      levels[value] = value / 127.5f - 1f;
    }
    return levels;
  }
}
