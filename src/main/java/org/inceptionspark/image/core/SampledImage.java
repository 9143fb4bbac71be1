package org.inceptionspark.image.core;

/**
 * A picture of which only the pixels of a grid are known.
 *
 * @param height of the whole upright picture
 * @param width of the whole upright picture
 * @param grid which pixels are known
 * @param pixels those pixels, as many rows and columns as the grid has
 */
public record SampledImage(int height, int width, PixelGrid grid, RgbImage pixels) {
  public SampledImage {
    if (pixels.height() != grid.rows().length || pixels.width() != grid.columns().length) {
      throw new IllegalArgumentException(
          "a grid of "
              + grid
              + " needs as many pixels, found "
              + pixels.height()
              + " x "
              + pixels.width());
    }
  }

  /** A picture all of whose pixels are known. */
  public static SampledImage whole(RgbImage image) {
    PixelGrid all = PixelGrid.whole(image.height(), image.width());
    return new SampledImage(image.height(), image.width(), all, image);
  }
}
