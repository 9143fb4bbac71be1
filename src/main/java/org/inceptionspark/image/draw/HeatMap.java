package org.inceptionspark.image.draw;

import java.util.Locale;
import org.inceptionspark.image.core.Region;
import org.inceptionspark.image.core.RgbImage;

/**
 * A grid of values over a picture, interpolated linearly between the centres of cells and constant
 * beyond the outer centres.
 *
 * @param rows of the grid
 * @param columns of the grid
 * @param values row by row
 * @param place region of the picture that the grid covers
 * @param seen the region that the values are about; the rest is drawn without colour
 */
public record HeatMap(int rows, int columns, float[] values, Region place, Region seen) {
  private static final double STRENGTH = 0.6;
  private static final int WHITE = 0xffffff;

  public HeatMap {
    if (values.length != rows * columns) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a grid of %d x %d has %d values, found %d",
              rows,
              columns,
              rows * columns,
              values.length));
    }
  }

  /** The value that is drawn darkest: the least, or 0 if none is below. */
  public double least() {
    double least = 0;
    for (float value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  /** The value that is drawn lightest: the greatest, or 0 if none is above. */
  public double most() {
    double most = 0;
    for (float value : values) {
      most = Math.max(most, value);
    }
    return most;
  }

  /** The same map on a copy of the picture scaled by this factor. */
  public HeatMap scaled(double factor) {
    return new HeatMap(rows, columns, values, place.scaled(factor), seen.scaled(factor));
  }

  /** The value at a point of the picture. */
  public double at(double x, double y) {
    double column = (x - place.left()) / place.width() * columns - 0.5;
    double row = (y - place.top()) / place.height() * rows - 0.5;
    int left = Math.min(Math.max(0, columns - 2), Math.max(0, (int) Math.floor(column)));
    int top = Math.min(Math.max(0, rows - 2), Math.max(0, (int) Math.floor(row)));
    int right = Math.min(columns - 1, left + 1);
    int bottom = Math.min(rows - 1, top + 1);
    double across = Math.min(1, Math.max(0, column - left));
    double down = Math.min(1, Math.max(0, row - top));
    double above = mixed(value(top, left), value(top, right), across);
    double below = mixed(value(bottom, left), value(bottom, right), across);
    return mixed(above, below, down);
  }

  private double value(int row, int column) {
    return values[row * columns + column];
  }

  private static double mixed(double first, double second, double share) {
    return first + (second - first) * share;
  }

  /**
   * The picture in grey under the colours of the values, with a white contour around what is above
   * half of {@link #most}.
   */
  public RgbImage over(RgbImage picture) {
    byte[] rgb = new byte[picture.rgb().length];
    double least = least();
    double most = most();
    double line = Math.max(1, Math.max(picture.width(), picture.height()) / 300);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int at = (y * picture.width() + x) * 3;
        int colour = grey(picture.rgb(), at);
        if (seen.contains(x + 0.5, y + 0.5)) {
          colour =
              atEdge(x + 0.5, y + 0.5, most / 2, line)
                  ? WHITE
                  : Viridis.mix(colour, heat(x + 0.5, y + 0.5, least, most), STRENGTH);
        }
        rgb[at] = (byte) (colour >> 16);
        rgb[at + 1] = (byte) (colour >> 8);
        rgb[at + 2] = (byte) colour;
      }
    }
    return new RgbImage(picture.width(), picture.height(), rgb);
  }

  private int heat(double x, double y, double least, double most) {
    return Viridis.colour(most > least ? (at(x, y) - least) / (most - least) : 0);
  }

  /** Whether this value is above the level and one at this distance is below it. */
  private boolean atEdge(double x, double y, double level, double distance) {
    return level > 0
        && at(x, y) >= level
        && (at(x - distance, y) < level
            || at(x + distance, y) < level
            || at(x, y - distance) < level
            || at(x, y + distance) < level);
  }

  /** Luma of ITU-R BT.601, as in JPEG. */
  private static int grey(byte[] rgb, int at) {
    double luma =
        0.299 * (rgb[at] & 0xff) + 0.587 * (rgb[at + 1] & 0xff) + 0.114 * (rgb[at + 2] & 0xff);
    int level = (int) Math.round(luma);
    return level << 16 | level << 8 | level;
  }
}
