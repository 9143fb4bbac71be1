package org.inceptionspark.image.core;

/**
 * A picture as plain bytes: row major, three bytes a pixel (red, green, blue). The array is shared,
 * not copied.
 *
 * @param rgb exactly {@code width * height * 3} bytes
 */
public record RgbImage(int width, int height, byte[] rgb) {
  public RgbImage {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels");
    }
    if (rgb.length != (long) width * height * 3) {
      throw new IllegalArgumentException(
          width + " x " + height + " pixels need 3 bytes each, found " + rgb.length + " bytes");
    }
  }
}
