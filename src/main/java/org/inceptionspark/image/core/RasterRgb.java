package org.inceptionspark.image.core;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;

/**
 * RGB from a decoder's raster, ignoring its colour space: {@code BufferedImage.getRGB} shifts grey
 * by up to 74 levels and rounds 16 bits.
 */
public final class RasterRgb {
  private RasterRgb() {}

  /** The picture's samples as RGB: alpha is left out, grey repeated, palettes looked up. */
  public static RgbImage of(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel palette
        ? ofPalette(image.getRaster(), palette)
        : ofSamples(image.getRaster());
  }

  /** Grey (one or two bands) or RGB (three or more), of any sample size. */
  public static RgbImage ofSamples(Raster raster) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[width * height * 3];
    boolean grey = raster.getNumBands() < 3;
    int[] row = new int[width];
    for (int channel = 0; channel < 3; channel++) {
      int band = grey ? 0 : channel;
      byte[] levels = levels(raster.getSampleModel(), band);
      for (int y = 0; y < height; y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
        int out = y * width * 3 + channel;
        for (int x = 0; x < width; x++, out += 3) {
          rgb[out] = levels == null ? (byte) (row[x] >> 8) : levels[row[x]];
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * Eight bits for each sample value, truncated; null for 16 bits, of which the high byte is used.
   */
  private static byte[] levels(SampleModel model, int band) {
    int bits = model.getSampleSize(band);
    if (bits == 16) {
      return null;
    }
    if (bits > 8) {
      throw new IllegalArgumentException("samples of " + bits + " bits");
    }
    int largest = (1 << bits) - 1;
    byte[] levels = new byte[1 << bits];
    for (int value = 0; value <= largest; value++) {
      levels[value] = (byte) (value * 255 / largest);
    }
    return levels;
  }

  private static RgbImage ofPalette(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    // Indices beyond the palette are black.
    int[] colours = new int[1 << Math.max(8, palette.getPixelSize())];
    palette.getRGBs(colours);
    byte[] rgb = new byte[width * height * 3];
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        int colour = colours[row[x]];
        rgb[out++] = (byte) (colour >> 16);
        rgb[out++] = (byte) (colour >> 8);
        rgb[out++] = (byte) colour;
      }
    }
    return new RgbImage(width, height, rgb);
  }
}
