package org.inceptionspark.image.webp;

import org.inceptionspark.image.core.ImageException;

/**
 * Green was the index of a colour; several small indices share a pixel (RFC 9649, section 3.5.4).
 */
final class Vp8lPalette implements Vp8lTransform {
  private final int[] colours;
  private final int width;
  private final int height;
  private final int packing;

  /** A palette whose indices are packed as {@code packing} says. */
  private Vp8lPalette(int[] colours, int packing, int width, int height) {
    this.colours = colours;
    this.packing = packing;
    this.width = width;
    this.height = height;
  }

  static Vp8lPalette read(Vp8lBits bits, int width, int height) throws ImageException {
    int count = 1 + bits.number(8);
    int[] stored = Vp8lImage.readPart(bits, count, 1);
    int packing = count > 16 ? 0 : count > 4 ? 1 : count > 2 ? 2 : 3;
    int[] colours = new int[256]; // indices beyond the palette are transparent black
    colours[0] = stored[0];
    for (int i = 1; i < count; i++) {
      colours[i] = Vp8lTransform.sum(colours[i - 1], stored[i]);
    }
    return new Vp8lPalette(colours, packing, width, height);
  }

  /** Coded pixels of a row. */
  int codedWidth() {
    return Vp8lImage.squares(width, packing);
  }

  @Override
  public int[] undo(int[] pixels) {
    int[] undone = packing == 0 ? pixels : new int[width * height];
    int bits = 8 >> packing;
    int mask = (1 << bits) - 1;
    int perPixel = (1 << packing) - 1;
    int out = 0;
    for (int y = 0; y < height; y++) {
      int row = y * codedWidth();
      for (int x = 0; x < width; x++) {
        int numbers = pixels[row + (x >> packing)] >> 8 & 0xff;
        undone[out++] = colours[numbers >> bits * (x & perPixel) & mask];
      }
    }
    return undone;
  }
}
