package org.inceptionspark.image;

import org.inceptionspark.image.core.EncodedImage;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.preprocess.BoxFilter;

/** A small copy of a picture, for pages. */
public final class Thumbnail {
  /** The longer side of a thumbnail on a card, in pixels: sharp on most screens, about 8 kB. */
  public static final int CARD = 240;

  private static final float QUALITY = 0.8f;

  private Thumbnail() {}

  /**
   * A JPEG with no side longer than this; smaller pictures keep their size.
   *
   * @param longest in pixels, at least 1
   */
  public static EncodedImage of(RgbImage image, int longest) {
    return EncodedImage.jpeg(fitted(image, longest), QUALITY);
  }

  /** The pixels of the same. */
  public static RgbImage fitted(RgbImage image, int longest) {
    double scale = (double) longest / Math.max(image.width(), image.height());
    return scale >= 1
        ? image
        : BoxFilter.shrink(image, side(image.width(), scale), side(image.height(), scale));
  }

  private static int side(int pixels, double scale) {
    return Math.max(1, (int) Math.round(pixels * scale));
  }
}
