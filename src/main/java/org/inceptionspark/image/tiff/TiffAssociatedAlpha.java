package org.inceptionspark.image.tiff;

/**
 * Colours that were multiplied by the alpha that follows them (TIFF 6.0, section 18): they are
 * divided by it again, as Pillow does, so that alpha can be left out. What is wholly transparent is
 * black.
 */
final class TiffAssociatedAlpha implements TiffColours {
  private final TiffColours colours;
  private final byte[] levels;

  TiffAssociatedAlpha(TiffColours colours, int bits) {
    this.colours = colours;
    this.levels = TiffColours.levels(bits);
  }

  @Override
  public int channels() {
    return colours.channels() + 1;
  }

  @Override
  public void toRgb(int[] samples, int step, int pixels, byte[] rgb, int at) {
    colours.toRgb(samples, step, pixels, rgb, at);
    int out = at;
    for (int i = 0, in = colours.channels(); i < pixels; i++, in += step) {
      int alpha = levels[samples[in]] & 0xff;
      for (int channel = 0; channel < 3; channel++, out++) {
        rgb[out] = alpha == 0 ? 0 : (byte) Math.min(255, (rgb[out] & 0xff) * 255 / alpha);
      }
    }
  }
}
