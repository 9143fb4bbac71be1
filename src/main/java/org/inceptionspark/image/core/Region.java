package org.inceptionspark.image.core;

import java.util.Locale;

/**
 * A rectangle on a picture, in pixels from its upper left corner; pixel x covers x to x + 1.
 *
 * @param right beyond the last column, {@code bottom} beyond the last row
 */
public record Region(double left, double top, double right, double bottom) {
  public Region {
    if (!(left < right && top < bottom)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a region from %s, %s to %s, %s is empty", left, top, right, bottom));
    }
  }

  public double width() {
    return right - left;
  }

  public double height() {
    return bottom - top;
  }

  /** The same region on a copy of the picture scaled by this factor. */
  public Region scaled(double factor) {
    return new Region(left * factor, top * factor, right * factor, bottom * factor);
  }

  /** This region inset by a border, given as a share of each side. */
  public Region inset(double share) {
    double x = width() * share;
    double y = height() * share;
    return new Region(left + x, top + y, right - x, bottom - y);
  }

  public boolean contains(double x, double y) {
    return x >= left && x < right && y >= top && y < bottom;
  }
}
