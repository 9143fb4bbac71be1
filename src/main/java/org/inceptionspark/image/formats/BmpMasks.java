package org.inceptionspark.image.formats;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** Pixels of 16, 24 or 32 bits, from which masks extract red, green and blue. */
final class BmpMasks implements BmpColours {
  private final int octets;
  private final int[] masks;
  private final int[] shifts = new int[3];
  private final int[] widths = new int[3];

  private BmpMasks(int bits, int... masks) throws ImageException {
    this.octets = bits / 8;
    this.masks = masks;
    for (int i = 0; i < 3; i++) {
      shifts[i] = masks[i] == 0 ? 0 : Integer.numberOfTrailingZeros(masks[i]);
      widths[i] = Integer.bitCount(masks[i]);
      if (widths[i] < 32 && masks[i] >>> shifts[i] != (1 << widths[i]) - 1) {
        throw ImageException.unsupported(
            ImageFormat.BMP, "bit field " + Integer.toHexString(masks[i]) + " with gaps");
      }
    }
  }

  /** Five bits each, or eight. */
  static BmpMasks usual(int bits) throws ImageException {
    return bits == 16
        ? new BmpMasks(bits, 0x7c00, 0x3e0, 0x1f)
        : new BmpMasks(bits, 0xff0000, 0xff00, 0xff);
  }

  static BmpMasks stored(EncodedBytes bytes, int bits, int start) throws ImageException {
    int[] masks = new int[3];
    for (int i = 0; i < 3; i++) {
      masks[i] = (int) bytes.uint32(start + 4L * i, LITTLE_ENDIAN);
    }
    return new BmpMasks(bits, masks);
  }

  @Override
  public void toRgb(EncodedBytes bytes, int row, int pixels, byte[] rgb, int at) {
    byte[] array = bytes.array();
    int in = row;
    int out = at;
    for (int x = 0; x < pixels; x++) {
      int pixel = 0;
      for (int i = 0; i < octets; i++) {
        pixel |= (array[in++] & 0xff) << 8 * i;
      }
      for (int i = 0; i < 3; i++) {
        rgb[out++] = level((pixel & masks[i]) >>> shifts[i], widths[i]);
      }
    }
  }

  /** Eight bits, truncated, as of all formats. */
  private static byte level(int value, int width) {
    if (width >= 8) {
      return (byte) (value >>> (width - 8));
    }
    return (byte) (width == 0 ? 0 : value * 255 / ((1 << width) - 1));
  }
}
