package org.inceptionspark.image.tiff;

/**
 * What the samples of a pixel mean. Alpha and whatever else comes behind the colours is left out.
 */
interface TiffColours {
  /** Samples of a pixel that make its colour; they come first. */
  int channels();

  /**
   * Colours of some pixels of a row.
   *
   * @param samples of the pixels, side by side
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
