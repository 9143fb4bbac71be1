package org.inceptionspark.image.tiff;

/** One channel of grey, from black to white or reversed. */
final class TiffGrey implements TiffColours {
  private final byte[] levels;

  private TiffGrey(byte[] levels) {
    this.levels = levels;
  }

  static TiffGrey blackIsZero(int bits) {
    return new TiffGrey(TiffColours.levels(bits));
  }

  static TiffGrey whiteIsZero(int bits) {
    byte[] levels = TiffColours.levels(bits);
    byte[] reversed = new byte[levels.length];
    for (int i = 0; i < levels.length; i++) {
      reversed[i] = levels[levels.length - 1 - i];
    }
    return new TiffGrey(reversed);
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public void toRgb(int[] samples, int step, int pixels, byte[] rgb, int at) {
    int out = at;
    for (int i = 0, in = 0; i < pixels; i++, in += step) {
      byte level = levels[samples[in]];
      rgb[out++] = level;
      rgb[out++] = level;
      rgb[out++] = level;
    }
  }
}
