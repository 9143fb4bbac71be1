package org.inceptionspark.image.tiff;

/**
 * Turns the samples of pixels into RGB. Alpha and any other samples after the colours are ignored.
 */
interface TiffColours {
  /** The number of samples that make a pixel's colour; they come first. */
  int channels();

  /**
   * Converts some pixels of a row.
   *
   * @param samples of the pixels, interleaved
   * @param step from one pixel to the next
   */
  void toRgb(int[] samples, int step, int pixels, byte[] rgb, int at);

  /** Eight bits for each sample value, truncated: of more than eight, the highest. */
  static byte[] levels(int bits) {
    byte[] levels = new byte[1 << bits];
    int largest = levels.length - 1;
    for (int value = 0; value <= largest; value++) {
      levels[value] = (byte) (bits > 8 ? value >> (bits - 8) : value * 255 / largest);
    }
    return levels;
  }
}
