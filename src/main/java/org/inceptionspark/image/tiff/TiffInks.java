package org.inceptionspark.image.tiff;

/**
 * Cyan, magenta, yellow and black, not inverted: the largest value is full ink. Rounded once, after
 * the multiplication, so that samples of few bits lose nothing.
 */
final class TiffInks implements TiffColours {
  private final int shift;
  private final int largest;
  private final long square;

  TiffInks(int bits) {
    this.shift = bits == 16 ? 8 : 0; // 16 bits keep their high byte, as everywhere
    this.largest = (1 << (bits - shift)) - 1;
    this.square = (long) largest * largest;
  }

  @Override
  public int channels() {
    return 4;
  }

  @Override
  public void toRgb(int[] samples, int step, int pixels, byte[] rgb, int at) {
    int out = at;
    for (int i = 0, in = 0; i < pixels; i++, in += step) {
      long light = 255L * paper(samples[in + 3]);
      rgb[out++] = product(samples[in], light);
      rgb[out++] = product(samples[in + 1], light);
      rgb[out++] = product(samples[in + 2], light);
    }
  }

  /** The share of the light that an ink lets through. */
  private int paper(int ink) {
    return largest - (ink >> shift);
  }

  private byte product(int ink, long light) {
    return (byte) ((paper(ink) * light + square / 2) / square);
  }
}
