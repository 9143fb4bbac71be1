package org.inceptionspark.image.preprocess;

import java.util.Arrays;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.core.SampledImage;

/**
 * TensorFlow 1's {@code resize_bilinear} without aligned corners: output {@code i} samples at
 * {@code i * in / out}, not at pixel centres, and nothing is smoothed when a picture shrinks.
 * Float32, each step rounded, no fused multiply-add.
 */
final class LegacyBilinear {
  private LegacyBilinear() {}

  /**
   * Where each output of one axis reads: {@code low[i]} and {@code high[i]}, and the fraction
   * between them. Both increase, and the second is the first or the next pixel.
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

    /** The same reads, as positions among the indices that are kept. */
    Axis within(int[] kept) {
      int[] lowPlace = new int[low.length];
      int[] highPlace = new int[high.length];
      int place = 0;
      for (int i = 0; i < low.length; i++) {
        while (kept[place] != low[i]) {
          place++;
        }
        lowPlace[i] = place;
        highPlace[i] = place + high[i] - low[i];
      }
      return new Axis(lowPlace, highPlace, fraction);
    }

    /** The indices that are read, increasing. */
    int[] reads() {
      int[] reads = new int[2 * low.length];
      int count = 0;
      for (int i = 0; i < low.length; i++) {
        for (int index = low[i]; index <= high[i]; index++) {
          if (count == 0 || index > reads[count - 1]) {
            reads[count++] = index;
          }
        }
      }
      return Arrays.copyOf(reads, count);
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
    RowPair pair = new RowPair(image, columns, levels);
    for (int i = 0; i < rows.outputs(); i++) {
      pair.moveTo(rows.low()[i], rows.high()[i]);
      blend(pair.upper, pair.lower, rows.fraction()[i], target, offset + i * rowLength);
    }
  }

  /**
   * Two source rows, resized along the columns: the lower one of an output row is often the upper
   * one of the next. A class of its own, because C2 compiles a loop over output rows that includes
   * it to code that takes twice as long.
   */
  private static final class RowPair {
    private final RgbImage image;
    private final Axis columns;
    private final float[] levels;
    private float[] upper;
    private float[] lower;
    private int upperRow = -1;
    private int lowerRow = -1;

    RowPair(RgbImage image, Axis columns, float[] levels) {
      this.image = image;
      this.columns = columns;
      this.levels = levels;
      this.upper = new float[3 * columns.outputs()];
      this.lower = new float[3 * columns.outputs()];
    }

    void moveTo(int newUpper, int newLower) {
      if (newUpper != upperRow) {
        float[] spare = upper;
        upper = lower;
        lower = spare;
        int spareRow = upperRow;
        upperRow = lowerRow;
        lowerRow = spareRow;
      }
      if (newUpper != upperRow) {
        resize(newUpper, upper);
        upperRow = newUpper;
      }
      if (newLower != lowerRow) {
        resize(newLower, lower);
        lowerRow = newLower;
      }
    }

    private void resize(int row, float[] result) {
      byte[] rgb = image.rgb();
      int start = 3 * row * image.width();
      int[] low = columns.low();
      int[] high = columns.high();
      float[] fractions = columns.fraction();
      int out = 0;
      for (int i = 0; i < low.length; i++) {
        int left = start + 3 * low[i];
        int right = start + 3 * high[i];
        float fraction = fractions[i];
        float red = levels[rgb[left] & 0xff];
        float green = levels[rgb[left + 1] & 0xff];
        float blue = levels[rgb[left + 2] & 0xff];
        result[out] = red + (levels[rgb[right] & 0xff] - red) * fraction;
        result[out + 1] = green + (levels[rgb[right + 1] & 0xff] - green) * fraction;
        result[out + 2] = blue + (levels[rgb[right + 2] & 0xff] - blue) * fraction;
        out += 3;
      }
    }
  }

  private static void blend(
      float[] upper, float[] lower, float fraction, float[] target, int offset) {
    for (int i = 0; i < upper.length; i++) {
      target[offset + i] = upper[i] + (lower[i] - upper[i]) * fraction;
    }
  }
}
