package org.inceptionspark.image.webp;

import org.inceptionspark.image.core.ImageException;

/**
 * Pixels were stored as their difference from what their neighbours predict (RFC 9649, section
 * 3.5.1): each square has one of 14 predictors.
 */
final class Vp8lPrediction implements Vp8lTransform {
  private static final int BLACK = 0xff000000;

  private final int[] modes;
  private final int squareBits;
  private final int width;

  private Vp8lPrediction(int[] modes, int squareBits, int width) {
    this.modes = modes;
    this.squareBits = squareBits;
    this.width = width;
  }

  static Vp8lPrediction read(Vp8lBits bits, int width, int height) throws ImageException {
    int squareBits = 2 + bits.number(3);
    int across = Vp8lImage.squares(width, squareBits);
    int down = Vp8lImage.squares(height, squareBits);
    return new Vp8lPrediction(Vp8lImage.readPart(bits, across, down), squareBits, width);
  }

  @Override
  public int[] undo(int[] pixels) {
    pixels[0] = Vp8lTransform.sum(pixels[0], BLACK);
    for (int x = 1; x < width; x++) {
      pixels[x] = Vp8lTransform.sum(pixels[x], pixels[x - 1]);
    }
    int across = Vp8lImage.squares(width, squareBits);
    int height = pixels.length / width;
    for (int y = 1; y < height; y++) {
      int row = y * width;
      pixels[row] = Vp8lTransform.sum(pixels[row], pixels[row - width]);
      int square = (y >> squareBits) * across;
      int side = 1 << squareBits;
      for (int left = 0; left < width; left += side, square++) {
        int right = Math.min(width, left + side);
        undo(pixels, row + Math.max(1, left), row + right, modes[square] >> 8 & 15);
      }
    }
    return pixels;
  }

  /**
   * Pixels of one row in one square. Right of the last column is the first pixel of the next row.
   */
  private void undo(int[] pixels, int from, int to, int mode) {
    for (int at = from; at < to; at++) {
      int left = pixels[at - 1];
      int above = at - width;
      pixels[at] = Vp8lTransform.sum(pixels[at], predicted(mode, left, pixels, above));
    }
  }

  private static int predicted(int mode, int left, int[] pixels, int above) {
    int top = pixels[above];
    return switch (mode) {
      case 1 -> left;
      case 2 -> top;
      case 3 -> pixels[above + 1];
      case 4 -> pixels[above - 1];
      case 5 -> mean(mean(left, pixels[above + 1]), top);
      case 6 -> mean(left, pixels[above - 1]);
      case 7 -> mean(left, top);
      case 8 -> mean(pixels[above - 1], top);
      case 9 -> mean(top, pixels[above + 1]);
      case 10 -> mean(mean(left, pixels[above - 1]), mean(top, pixels[above + 1]));
      case 11 -> nearer(left, top, pixels[above - 1]);
      case 12 -> gradient(left, top, pixels[above - 1]);
      case 13 -> halfGradient(mean(left, top), pixels[above - 1]);
      default -> BLACK;
    };
  }

  /** Rounded down in each channel. */
  private static int mean(int a, int b) {
    return (((a ^ b) & 0xfefefefe) >>> 1) + (a & b);
  }

  /** The neighbour nearer to left + top - corner, summed over all channels. */
  private static int nearer(int left, int top, int corner) {
    int ofLeft = 0;
    int ofTop = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int c = corner >> shift & 0xff;
      ofLeft += Math.abs((top >> shift & 0xff) - c);
      ofTop += Math.abs((left >> shift & 0xff) - c);
    }
    return ofLeft < ofTop ? left : top;
  }

  private static int gradient(int left, int top, int corner) {
    int predicted = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int value = (left >> shift & 0xff) + (top >> shift & 0xff) - (corner >> shift & 0xff);
      predicted |= clamp(value) << shift;
    }
    return predicted;
  }

  private static int halfGradient(int mean, int corner) {
    int predicted = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int value = mean >> shift & 0xff;
      predicted |= clamp(value + (value - (corner >> shift & 0xff)) / 2) << shift;
    }
    return predicted;
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
