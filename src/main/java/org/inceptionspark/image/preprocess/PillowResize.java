package org.inceptionspark.image.preprocess;

import java.util.Arrays;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.preprocess.PillowFilter.Taps;

/**
 * Pillow's {@code Image.resize} of 8-bit pictures, bit for bit: horizontally first, rounded to
 * bytes, then vertically; with fixed-point weights.
 */
final class PillowResize {
  static final int FRACTION_BITS = 22;

  private static final int HALF = 1 << (FRACTION_BITS - 1);

  private PillowResize() {}

  /** The outputs that the taps of rows and columns describe. */
  static RgbImage resize(RgbImage image, Taps rows, Taps columns) {
    int firstRow = rows.first()[0];
    int last = rows.first().length - 1;
    int endRow = rows.first()[last] + rows.weights()[last].length;
    byte[] narrow = alongRows(image, columns, firstRow, endRow);
    return alongColumns(narrow, columns.first().length, rows, firstRow);
  }

  private static byte[] alongRows(RgbImage image, Taps columns, int firstRow, int endRow) {
    byte[] rgb = image.rgb();
    int width = columns.first().length;
    byte[] result = new byte[(endRow - firstRow) * width * 3];
    int out = 0;
    for (int row = firstRow; row < endRow; row++) {
      for (int i = 0; i < width; i++) {
        int in = 3 * (row * image.width() + columns.first()[i]);
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int weight : columns.weights()[i]) {
          red += weight * (rgb[in] & 0xff);
          green += weight * (rgb[in + 1] & 0xff);
          blue += weight * (rgb[in + 2] & 0xff);
          in += 3;
        }
        result[out] = clamp(red);
        result[out + 1] = clamp(green);
        result[out + 2] = clamp(blue);
        out += 3;
      }
    }
    return result;
  }

  private static RgbImage alongColumns(byte[] narrow, int width, Taps rows, int firstRow) {
    int height = rows.first().length;
    int rowLength = 3 * width;
    byte[] result = new byte[height * rowLength];
    int[] sums = new int[rowLength];
    for (int row = 0; row < height; row++) {
      Arrays.fill(sums, HALF);
      int in = (rows.first()[row] - firstRow) * rowLength;
      for (int weight : rows.weights()[row]) {
        for (int i = 0; i < rowLength; i++) {
          sums[i] += weight * (narrow[in + i] & 0xff);
        }
        in += rowLength;
      }
      for (int i = 0; i < rowLength; i++) {
        result[row * rowLength + i] = clamp(sums[i]);
      }
    }
    return new RgbImage(width, height, result);
  }

  private static byte clamp(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
  }
}
