package org.inceptionspark.image.formats;

import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;

/** Indices of 1, 4 or 8 bits into a palette. An index beyond it is black. */
final class BmpPalette implements BmpColours {
  private final int bits;
  private final byte[] rgb = new byte[3 * 256];

  /**
   * The palette of a file.
   *
   * @param entryBytes blue, green, red, and in newer files one that means nothing
   */
  BmpPalette(EncodedBytes bytes, int bits, long start, int entries, int entryBytes)
      throws ImageException {
    this.bits = bits;
    bytes.require(start, (long) entries * entryBytes);
    for (int i = 0; i < entries; i++) {
      for (int channel = 0; channel < 3; channel++) {
        rgb[3 * i + channel] = bytes.array()[(int) start + i * entryBytes + 2 - channel];
      }
    }
  }

  void colour(int index, byte[] target, int at) {
    System.arraycopy(rgb, 3 * (index & 0xff), target, at, 3);
  }

  @Override
  public void toRgb(EncodedBytes bytes, int row, int pixels, byte[] target, int at) {
    int perByte = 8 / bits;
    int mask = (1 << bits) - 1;
    for (int x = 0; x < pixels; x++) {
      int shift = 8 - bits - x % perByte * bits;
      colour(bytes.array()[row + x / perByte] >> shift & mask, target, at + 3 * x);
    }
  }
}
