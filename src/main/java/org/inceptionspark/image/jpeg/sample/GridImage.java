package org.inceptionspark.image.jpeg.sample;

import org.inceptionspark.image.core.PixelGrid;
import org.inceptionspark.image.core.RgbImage;

/** The pixels of a grid. */
public final class GridImage implements PixelSink {
  private final PixelGrid grid;
  private final int[] indexOfRow;
  private final int[] offsets;
  private final byte[] rgb;

  public GridImage(StripLayout layout, PixelGrid grid) {
    this.grid = grid;
    this.indexOfRow = new int[layout.height];
    for (int i = 0; i < grid.rows().length; i++) {
      indexOfRow[grid.rows()[i]] = 1 + i;
    }
    this.offsets = new int[grid.columns().length];
    for (int i = 0; i < offsets.length; i++) {
      int column = grid.columns()[i];
      offsets[i] = layout.row(column % layout.mcuWidth) + column / layout.mcuWidth;
    }
    this.rgb = new byte[3 * grid.rows().length * offsets.length];
  }

  @Override
  public boolean needs(int row) {
    return indexOfRow[row] > 0;
  }

  @Override
  public void prepare(int[] pixels, int from, int lanes) {}

  @Override
  public void row(int row, int[] pixels, int lane) {
    int at = 3 * (indexOfRow[row] - 1) * offsets.length;
    for (int offset : offsets) {
      int pixel = pixels[offset + lane];
      rgb[at] = (byte) pixel;
      rgb[at + 1] = (byte) (pixel >> 8);
      rgb[at + 2] = (byte) (pixel >> 16);
      at += 3;
    }
  }

  /** The pixels, when complete. */
  public RgbImage image() {
    return new RgbImage(grid.columns().length, grid.rows().length, rgb);
  }
}
