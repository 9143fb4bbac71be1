package org.inceptionspark.image.preprocess;

import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.Region;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.core.SampledImage;

/**
 * The PyTorch families: the shorter side is resized to slightly more than the input by Pillow's
 * antialiased resize, the centre is cropped, and each channel is normalised to floats. Square
 * inputs only.
 */
final class CentreCropPreprocessing implements Preprocessing {
  private static final long serialVersionUID = 1L;
  private static final double CROP_SHARE = 0.875;
  private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
  private static final double[] IMAGENET_DEVIATION = {0.229, 0.224, 0.225};

  private final String name;
  private final PillowFilter filter;
  private final float[][] levels; // 3 channels x 256 byte values

  private CentreCropPreprocessing(String name, PillowFilter filter, float[][] levels) {
    this.name = name;
    this.filter = filter;
    this.levels = levels;
  }

  /**
   * torchvision's IMAGENET1K_V1 transforms, followed by what its model does first ({@code
   * transform_input}): the network sees [-1, 1] again.
   */
  static Preprocessing torchvision() {
    float[][] levels = new float[3][];
    for (int c = 0; c < 3; c++) {
      levels[c] = normalized(IMAGENET_MEAN[c], IMAGENET_DEVIATION[c]);
      float factor = (float) (IMAGENET_DEVIATION[c] / 0.5);
      float summand = (float) ((IMAGENET_MEAN[c] - 0.5) / 0.5);
      for (int value = 0; value < 256; value++) {
        levels[c][value] = levels[c][value] * factor + summand;
      }
    }
    return new CentreCropPreprocessing("torchvision", PillowFilter.BILINEAR, levels);
  }

  /** timm's transforms for tv_in1k, tf_in1k and tf_adv_in1k. */
  static Preprocessing timm() {
    float[] levels = normalized(0.5, 0.5);
    return new CentreCropPreprocessing(
        "timm", PillowFilter.BICUBIC, new float[][] {levels, levels, levels});
  }

  private static float[] normalized(double mean, double deviation) {
    float[] levels = new float[256];
    for (int value = 0; value < levels.length; value++) {
      levels[value] = (value / 255f - (float) mean) / (float) deviation;
    }
    return levels;
  }

  @Override
  public String name() {
    return name;
  }

  /** All pixels: a filter that smooths skips none. */
  @Override
  public PixelGrid reads(int imageHeight, int imageWidth, int height, int width) {
    return PixelGrid.whole(imageHeight, imageWidth);
  }

  @Override
  public void apply(SampledImage image, int height, int width, float[] target, int offset) {
    if (height != width) {
      throw new IllegalArgumentException(
          name + " makes square inputs, asked for " + height + " x " + width);
    }
    int shorter = Math.min(image.height(), image.width());
    RgbImage cut =
        PillowResize.resize(
            image.pixels(),
            taps(image.height(), shorter, height),
            taps(image.width(), shorter, width));
    for (int i = 0; i < cut.rgb().length; i++) {
      target[offset + i] = levels[i % 3][cut.rgb()[i] & 0xff];
    }
  }

  @Override
  public Region shows(int imageHeight, int imageWidth, int height, int width) {
    int shorter = Math.min(imageHeight, imageWidth);
    int rows = resized(imageHeight, shorter, height);
    int columns = resized(imageWidth, shorter, width);
    double scaleY = (double) imageHeight / rows;
    double scaleX = (double) imageWidth / columns;
    int top = start(rows, height);
    int left = start(columns, width);
    return new Region(
        left * scaleX, top * scaleY, (left + width) * scaleX, (top + height) * scaleY);
  }

  private PillowFilter.Taps taps(int size, int shorter, int side) {
    int resized = resized(size, shorter, side);
    return filter.taps(size, resized, start(resized, side), side);
  }

  private int resized(int size, int shorter, int side) {
    int target = shorterSide(side);
    return size == shorter ? target : (int) ((double) ((long) target * size) / shorter);
  }

  private static int start(int resized, int side) {
    return (int) Math.rint((resized - side) / 2.0);
  }

  /** torchvision publishes 342 for 299, timm rounds down to 341. */
  private int shorterSide(int side) {
    double exact = side / CROP_SHARE;
    return (int) (filter == PillowFilter.BILINEAR ? Math.ceil(exact) : Math.floor(exact));
  }
}
