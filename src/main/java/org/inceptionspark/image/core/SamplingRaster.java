package org.inceptionspark.image.core;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * A reader's destination that keeps only the pixels of a grid: the reader hands over row after row,
 * and the whole picture is never held. Rows of a later pass replace those of an earlier one.
 */
public final class SamplingRaster extends WritableRaster {
  private final PixelGrid grid;
  private final int[] indexOfRow;
  private final byte[] rgb;

  private SamplingRaster(int width, int height, PixelGrid grid) {
    super(
        new PixelInterleavedSampleModel(
            DataBuffer.TYPE_BYTE, width, height, 3, 3 * width, new int[] {0, 1, 2}),
        new DataBufferByte(1),
        new Point(0, 0));
    this.grid = grid;
    this.rgb = new byte[grid.rows().length * grid.columns().length * 3];
    this.indexOfRow = new int[height];
    for (int i = 0; i < grid.rows().length; i++) {
      indexOfRow[grid.rows()[i]] = 1 + i;
    }
  }

  public static SamplingRaster of(int width, int height, PixelGrid grid) {
    return new SamplingRaster(width, height, grid);
  }

  public BufferedImage asDestination() {
    return new BufferedImage(RgbTarget.COLOURS, this, false, null);
  }

  public RgbImage pixels() {
    return new RgbImage(grid.columns().length, grid.rows().length, rgb);
  }

  /** One whole row of red, green, blue bytes, as the JDK's JPEG reader passes it. */
  @Override
  public void setRect(int x, int y, Raster row) {
    if (x != 0 || row.getHeight() != 1 || row.getWidth() != getWidth()) {
      throw new UnsupportedOperationException("only whole rows are sampled");
    }
    int index = indexOfRow[y] - 1;
    if (index >= 0) {
      grid.pickRow(((DataBufferByte) row.getDataBuffer()).getData(), 0, rgb, index);
    }
  }
}
