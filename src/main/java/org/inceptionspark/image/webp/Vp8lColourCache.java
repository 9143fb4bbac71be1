package org.inceptionspark.image.webp;

/** Colours that occurred, by their hash; the latest wins (RFC 9649, section 3.6.3). */
final class Vp8lColourCache {
  private static final int MULTIPLIER = 0x1e35a7bd;

  private final int[] colours;
  private final int shift;

  Vp8lColourCache(int bits) {
    this.colours = new int[1 << bits];
    this.shift = 32 - bits;
  }

  int colour(int index) {
    return colours[index];
  }

  void add(int argb) {
    colours[argb * MULTIPLIER >>> shift] = argb;
  }
}
