package org.inceptionspark.image.preprocess;

import java.util.Arrays;
import java.util.Locale;
import org.inceptionspark.image.core.RgbImage;

/**
 * Shrinks a picture: each new pixel is the mean of the area it covers, with partial pixels at its
 * edges, so that nothing is skipped and nothing rings.
 */
public final class BoxFilter {
  private BoxFilter() {}

  /** A picture of this size, which must not exceed the image's. */
  public static RgbImage shrink(RgbImage image, int width, int height) {
    if (width > image.width() || height > image.height()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a picture of %d x %d cannot shrink to %d x %d",
              image.width(),
              image.height(),
              width,
              height));
    }
    double scaleX = (double) image.width() / width;
    double scaleY = (double) image.height() / height;
    byte[] rgb = new byte[width * height * 3];
    double[] sums = new double[width * 3];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      double top = y * scaleY;
      double bottom = Math.min(image.height(), top + scaleY);
      for (int row = (int) top; row < bottom; row++) {
        double weight = Math.min(bottom, row + 1) - Math.max(top, row);
        addRow(image, row, weight / (scaleX * scaleY), scaleX, sums);
      }
      for (int i = 0; i < sums.length; i++) {
        rgb[y * sums.length + i] = (byte) Math.min(255, Math.round(sums[i]));
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private static void addRow(RgbImage image, int row, double weight, double scale, double[] sums) {
    byte[] rgb = image.rgb();
    for (int x = 0; x < sums.length / 3; x++) {
      double left = x * scale;
      double right = Math.min(image.width(), left + scale);
      for (int column = (int) left; column < right; column++) {
        double share = weight * (Math.min(right, column + 1) - Math.max(left, column));
        int at = (row * image.width() + column) * 3;
        sums[x * 3] += share * (rgb[at] & 0xff);
        sums[x * 3 + 1] += share * (rgb[at + 1] & 0xff);
        sums[x * 3 + 2] += share * (rgb[at + 2] & 0xff);
      }
    }
  }
}
