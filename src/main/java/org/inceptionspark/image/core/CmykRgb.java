package org.inceptionspark.image.core;

import java.awt.image.Raster;

/** RGB from four inks, by multiplication and without profiles, rounded. */
public final class CmykRgb {
  private CmykRgb() {}

  /** CMYK or YCCK of a JPEG, stored inverted: 255 is no ink. */
  public static RgbImage ofStoredJpeg(Raster raster, JpegColours colours) {
    return of(raster, colours, 0);
  }

  /** CMYK of a TIFF, stored as it is: 255 is full ink. */
  public static RgbImage ofTiff(Raster raster) {
    return of(raster, JpegColours.CMYK, 0xff);
  }

  private static RgbImage of(Raster raster, JpegColours colours, int inversion) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[width * height * 3];
    int[] row = new int[width * 4];
    int out = 0;
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int in = 0; in < row.length; in += 4) {
        if (colours == JpegColours.YCCK) {
          toInks(row, in);
        }
        int key = row[in + 3] ^ inversion;
        rgb[out++] = product(row[in] ^ inversion, key);
        rgb[out++] = product(row[in + 1] ^ inversion, key);
        rgb[out++] = product(row[in + 2] ^ inversion, key);
      }
    }
    return new RgbImage(width, height, rgb);
  }

  private static byte product(int ink, int key) {
    return (byte) ((ink * key + 127) / 255);
  }

  /** Y, Cb, Cr to the inverse of R, G, B (JFIF), in libjpeg's 16-bit fixed point. */
  private static void toInks(int[] row, int at) {
    int y = row[at];
    int cb = row[at + 1] - 128;
    int cr = row[at + 2] - 128;
    row[at] = clamp(255 - (y + ((91881 * cr + 32768) >> 16)));
    row[at + 1] = clamp(255 - (y + ((-22554 * cb - 46802 * cr + 32768) >> 16)));
    row[at + 2] = clamp(255 - (y + ((116130 * cb + 32768) >> 16)));
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
