package org.inceptionspark.image.core;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** A picture in red, green, blue order that a reader can fill, so that no copy is needed after. */
public final class RgbTarget {
  static final ColorModel COLOURS =
      new ComponentColorModel(
          ColorSpace.getInstance(ColorSpace.CS_sRGB),
          false,
          false,
          Transparency.OPAQUE,
          DataBuffer.TYPE_BYTE);

  private RgbTarget() {}

  public static BufferedImage of(int width, int height) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            DataBuffer.TYPE_BYTE, width, height, 3 * width, 3, new int[] {0, 1, 2}, null);
    return new BufferedImage(COLOURS, raster, false, null);
  }

  public static byte[] array(BufferedImage target) {
    return ((DataBufferByte) target.getRaster().getDataBuffer()).getData();
  }
}
