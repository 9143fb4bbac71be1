package org.inceptionspark.image.core;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Some rows and columns of a picture; the pixels where they cross are needed. A resize that does
 * not smooth reads few pixels of a large photograph, so the others need not be kept.
 *
 * @param rows increasing
 * @param columns increasing
 */
public record PixelGrid(int[] rows, int[] columns) {
  /** All pixels of a picture. */
  public static PixelGrid whole(int height, int width) {
    return new PixelGrid(IntStream.range(0, height).toArray(), IntStream.range(0, width).toArray());
  }

  /** The crossings as a picture of their own. */
  public RgbImage pick(RgbImage image) {
    if (rows.length == image.height() && columns.length == image.width()) {
      return image;
    }
    byte[] rgb = new byte[rows.length * columns.length * 3];
    for (int i = 0; i < rows.length; i++) {
      pickRow(image.rgb(), 3 * rows[i] * image.width(), rgb, i);
    }
    return new RgbImage(columns.length, rows.length, rgb);
  }

  /** Copies one row's crossings from a full row of RGB at {@code from}. */
  void pickRow(byte[] row, int from, byte[] rgb, int index) {
    int out = 3 * index * columns.length;
    if (columns[columns.length - 1] - columns[0] == columns.length - 1) { // no gaps
      System.arraycopy(row, from + 3 * columns[0], rgb, out, 3 * columns.length);
      return;
    }
    for (int column : columns) {
      int in = from + 3 * column;
      rgb[out] = row[in];
      rgb[out + 1] = row[in + 1];
      rgb[out + 2] = row[in + 2];
      out += 3;
    }
  }

  /**
   * Where the pixels of this grid on the upright picture are in the stored one.
   *
   * @param height of the stored picture
   * @param width of the stored picture
   */
  public PixelGrid stored(int orientation, int height, int width) {
    boolean swaps = ExifRotation.swapsAxes(orientation);
    int[] storedRows = swaps ? columns : rows;
    int[] storedColumns = swaps ? rows : columns;
    return new PixelGrid(
        ExifRotation.reversesRows(orientation) ? reversed(storedRows, height) : storedRows,
        ExifRotation.reversesColumns(orientation) ? reversed(storedColumns, width) : storedColumns);
  }

  private static int[] reversed(int[] indices, int size) {
    int[] reversed = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      reversed[i] = size - 1 - indices[indices.length - 1 - i];
    }
    return reversed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PixelGrid that
        && Arrays.equals(rows, that.rows)
        && Arrays.equals(columns, that.columns);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(rows) + Arrays.hashCode(columns);
  }

  @Override
  public String toString() {
    return rows.length + " rows x " + columns.length + " columns";
  }
}
