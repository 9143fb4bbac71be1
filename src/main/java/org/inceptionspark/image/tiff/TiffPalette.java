package org.inceptionspark.image.tiff;

/** Indices into a palette. An index beyond it is black. */
final class TiffPalette implements TiffColours {
  private final byte[] colours;

  /**
   * A palette from a colour map.
   *
   * @param map all reds, all greens, all blues, of 16 bits each; some writers left them at 8
   */
  TiffPalette(int bits, long[] map) {
    int entries = Math.min(1 << bits, map.length / 3);
    int shift = 0;
    for (long value : map) {
      if (value > 255) {
        shift = 8;
      }
    }
    colours = new byte[3 << bits];
    for (int i = 0; i < entries; i++) {
      for (int channel = 0; channel < 3; channel++) {
        colours[3 * i + channel] = (byte) (map[channel * (map.length / 3) + i] >> shift);
      }
    }
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public void toRgb(int[] samples, int step, int pixels, byte[] rgb, int at) {
    int out = at;
    for (int i = 0, in = 0; i < pixels; i++, in += step) {
      int colour = 3 * samples[in];
      rgb[out++] = colours[colour];
      rgb[out++] = colours[colour + 1];
      rgb[out++] = colours[colour + 2];
    }
  }
}
