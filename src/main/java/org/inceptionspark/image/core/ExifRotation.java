package org.inceptionspark.image.core;

/** Turns stored pixels upright by their EXIF orientation (Exif 2.3, tag 274). */
public final class ExifRotation {
  private ExifRotation() {}

  /** The upright picture; the same object if it is upright already. */
  public static RgbImage upright(RgbImage image, int orientation) {
    int width = image.width();
    int height = image.height();
    // Where the upright picture's first pixel is stored, and the steps right and down from there.
    return switch (orientation) {
      case 2 -> walk(image, width, height, width - 1, -1, width);
      case 3 -> walk(image, width, height, width * height - 1, -1, -width);
      case 4 -> walk(image, width, height, width * (height - 1), 1, -width);
      case 5 -> walk(image, height, width, 0, width, 1);
      case 6 -> walk(image, height, width, width * (height - 1), -width, 1);
      case 7 -> walk(image, height, width, width * height - 1, -width, -1);
      case 8 -> walk(image, height, width, width - 1, width, -1);
      default -> image;
    };
  }

  /** True if turning swaps rows and columns. */
  public static boolean swapsAxes(int orientation) {
    return orientation >= 5 && orientation <= 8;
  }

  static boolean reversesRows(int orientation) {
    return orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  }

  static boolean reversesColumns(int orientation) {
    return orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  }

  private static RgbImage walk(
      RgbImage stored, int width, int height, int start, int right, int down) {
    byte[] from = stored.rgb();
    byte[] to = new byte[from.length];
    int out = 0;
    for (int row = 0; row < height; row++) {
      int in = 3 * (start + row * down);
      for (int column = 0; column < width; column++) {
        to[out] = from[in];
        to[out + 1] = from[in + 1];
        to[out + 2] = from[in + 2];
        out += 3;
        in += 3 * right;
      }
    }
    return new RgbImage(width, height, to);
  }
}
