package org.inceptionspark.image;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * TensorFlow 1's {@code resize_bilinear} without aligned corners: output {@code i} samples at
 * {@code i * in / out}, not at pixel centres, and nothing is smoothed when a picture shrinks.
 * Float32, each step rounded, no fused multiply-add.
 */
final class LegacyBilinear {
  private LegacyBilinear() {}

  /**
   * Where each output of one axis reads: {@code low[i]} and {@code high[i]}, and how far it is from
   * the first to the second.
   */
  record Axis(int[] low, int[] high, float[] fraction) {
    /** Samples {@code size} pixels from {@code start} on. */
    static Axis of(int start, int size, int outputs) {
      int[] low = new int[outputs];
      int[] high = new int[outputs];
      float[] fraction = new float[outputs];
      float scale = (float) size / outputs;
      for (int i = 0; i < outputs; i++) {
        float source = i * scale;
        int floor = Math.min((int) source, size - 1);
        low[i] = start + floor;
        high[i] = start + Math.min(floor + 1, size - 1);
        fraction[i] = source - floor;
      }
      return new Axis(low, high, fraction);
    }

    /** The same reads, as places among the indices that are kept. */
    Axis within(int[] kept) {
      int[] lowPlace = new int[low.length];
      int[] highPlace = new int[high.length];
      for (int i = 0; i < low.length; i++) {
        lowPlace[i] = Arrays.binarySearch(kept, low[i]);
        highPlace[i] = Arrays.binarySearch(kept, high[i]);
      }
      return new Axis(lowPlace, highPlace, fraction);
    }

    /** The indices that are read, increasing. */
    int[] reads() {
      return IntStream.concat(IntStream.of(low), IntStream.of(high)).sorted().distinct().toArray();
    }

    int outputs() {
      return low.length;
    }
  }

  /** The float for each of 256 byte values: the byte times {@code factor}. */
  static float[] levels(float factor) {
    float[] levels = new float[256];
    for (int value = 0; value < levels.length; value++) {
      levels[value] = value * factor;
    }
    return levels;
  }

  /**
   * Resizes; {@code target} receives rows x columns x 3 values from {@code offset} on.
   *
   * @param levels the float for each byte value
   */
  static void resize(
      SampledImage sampled, Axis rows, Axis columns, float[] levels, float[] target, int offset) {
    resize(
        sampled.pixels(),
        rows.within(sampled.grid().rows()),
        columns.within(sampled.grid().columns()),
        levels,
        target,
        offset);
  }

  private static void resize(
      RgbImage image, Axis rows, Axis columns, float[] levels, float[] target, int offset) {
    int rowLength = 3 * columns.outputs();
    // Source rows, resized along the columns: the lower one of an output row is often the upper one
    // of the next.
    float[] upper = new float[rowLength];
    float[] lower = new float[rowLength];
    int upperRow = -1;
    int lowerRow = -1;
    for (int i = 0; i < rows.outputs(); i++) {
      if (rows.low()[i] != upperRow) {
        float[] spare = upper;
        upper = lower;
        lower = spare;
        int spareRow = upperRow;
        upperRow = lowerRow;
        lowerRow = spareRow;
      }
      if (rows.low()[i] != upperRow) {
        upperRow = rows.low()[i];
        resizeRow(image, upperRow, columns, levels, upper);
      }
      if (rows.high()[i] != lowerRow) {
        lowerRow = rows.high()[i];
        resizeRow(image, lowerRow, columns, levels, lower);
      }
      blend(upper, lower, rows.fraction()[i], target, offset + i * rowLength);
    }
  }

  private static void resizeRow(
      RgbImage image, int row, Axis columns, float[] levels, float[] result) {
    byte[] rgb = image.rgb();
    int start = 3 * row * image.width();
    int out = 0;
    for (int i = 0; i < columns.outputs(); i++) {
      int left = start + 3 * columns.low()[i];
      int right = start + 3 * columns.high()[i];
      float fraction = columns.fraction()[i];
      float red = levels[rgb[left] & 0xff];
      float green = levels[rgb[left + 1] & 0xff];
      float blue = levels[rgb[left + 2] & 0xff];
      result[out] = red + (levels[rgb[right] & 0xff] - red) * fraction;
      result[out + 1] = green + (levels[rgb[right + 1] & 0xff] - green) * fraction;
      result[out + 2] = blue + (levels[rgb[right + 2] & 0xff] - blue) * fraction;
      out += 3;
    }
  }

  private static void blend(
      float[] upper, float[] lower, float fraction, float[] target, int offset) {
    for (int i = 0; i < upper.length; i++) {
      target[offset + i] = upper[i] + (lower[i] - upper[i]) * fraction;
    }
  }
}
