package org.inceptionspark.image.webp;

import org.inceptionspark.image.core.ImageException;

/**
 * Red and blue were stored as the difference from what green and red predict of them (RFC 9649,
 * section 3.5.2).
 */
final class Vp8lCrossColour implements Vp8lTransform {
  private final int[] factors;
  private final int squareBits;
  private final int width;

  private Vp8lCrossColour(int[] factors, int squareBits, int width) {
    this.factors = factors;
    this.squareBits = squareBits;
    this.width = width;
  }

  static Vp8lCrossColour read(Vp8lBits bits, int width, int height) throws ImageException {
    int squareBits = 2 + bits.number(3);
    int across = Vp8lImage.squares(width, squareBits);
    int down = Vp8lImage.squares(height, squareBits);
    return new Vp8lCrossColour(Vp8lImage.readPart(bits, across, down), squareBits, width);
  }

  @Override
  public int[] undo(int[] pixels) {
    int across = Vp8lImage.squares(width, squareBits);
    int height = pixels.length / width;
    int at = 0;
    for (int y = 0; y < height; y++) {
      int square = (y >> squareBits) * across;
      for (int x = 0; x < width; x++, at++) {
        pixels[at] = restored(pixels[at], factors[square + (x >> squareBits)]);
      }
    }
    return pixels;
  }

  private static int restored(int argb, int factors) {
    byte green = (byte) (argb >> 8);
    byte greenToRed = (byte) factors;
    byte greenToBlue = (byte) (factors >> 8);
    byte redToBlue = (byte) (factors >> 16);
    int red = (argb >> 16) + (greenToRed * green >> 5) & 0xff;
    int blue = argb + (greenToBlue * green >> 5) + (redToBlue * (byte) red >> 5) & 0xff;
    return argb & 0xff00ff00 | red << 16 | blue;
  }
}
