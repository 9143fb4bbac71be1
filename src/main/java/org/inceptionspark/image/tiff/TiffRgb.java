package org.inceptionspark.image.tiff;

/** Red, green, blue. */
final class TiffRgb implements TiffColours {
  private final byte[] levels;

  TiffRgb(int bits) {
    this.levels = TiffColours.levels(bits);
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public void toRgb(int[] samples, int step, int pixels, byte[] rgb, int at) {
    int out = at;
    for (int i = 0, in = 0; i < pixels; i++, in += step) {
      rgb[out++] = levels[samples[in]];
      rgb[out++] = levels[samples[in + 1]];
      rgb[out++] = levels[samples[in + 2]];
    }
  }
}
