package org.inceptionspark.image.formats;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** GIF's variant of LZW: codes of growing size, least significant bit first. */
final class GifLzw {
  private static final int MOST_CODES = 4096;
  private static final int NONE = -1;

  private final byte[] data;
  private final int clear;
  private final int rootSize;
  private final byte[] pixels;

  // The string of a code ends with last[code]; what comes before is the string of before[code].
  private final short[] before = new short[MOST_CODES];
  private final byte[] last = new byte[MOST_CODES];
  private final short[] length = new short[MOST_CODES];

  private int position;
  private int buffer;
  private int bits;
  private int filled;

  private GifLzw(byte[] data, int rootSize, int count) {
    this.data = data;
    this.rootSize = rootSize;
    this.clear = 1 << rootSize;
    this.pixels = new byte[count];
    for (int root = 0; root < clear; root++) {
      last[root] = (byte) root;
      length[root] = 1;
    }
  }

  /**
   * Decodes palette indices.
   *
   * @param rootSize bits per pixel, 1 to 8, as the file states before its data
   * @throws ImageException CORRUPT if a code is not in the table or fewer than {@code count} pixels
   *     come out
   */
  static byte[] decode(byte[] data, int rootSize, int count) throws ImageException {
    if (rootSize < 1 || rootSize > 8) {
      throw ImageException.corrupt(ImageFormat.GIF, "LZW code size " + rootSize);
    }
    return new GifLzw(data, rootSize, count).run();
  }

  private byte[] run() throws ImageException {
    int codeSize = rootSize + 1;
    int next = clear + 2;
    int previous = NONE;
    while (filled < pixels.length) {
      int code = read(codeSize);
      if (code == clear) {
        codeSize = rootSize + 1;
        next = clear + 2;
        previous = NONE;
        continue;
      }
      if (code == NONE || code == clear + 1) {
        throw ImageException.corrupt(
            ImageFormat.GIF, "data ends after " + filled + " of " + pixels.length + " pixels");
      }
      if (code > next || (code == next && (previous == NONE || next == MOST_CODES))) {
        throw ImageException.corrupt(ImageFormat.GIF, "LZW code " + code + " is not in the table");
      }
      if (previous == NONE && code > clear) {
        throw ImageException.corrupt(ImageFormat.GIF, "LZW code " + code + " comes first");
      }
      if (previous != NONE && next < MOST_CODES) {
        before[next] = (short) previous;
        length[next] = (short) (length[previous] + 1);
        last[next] = first(code == next ? previous : code);
        next++;
        if (next == 1 << codeSize && codeSize < 12) {
          codeSize++;
        }
      }
      write(code);
      previous = code;
    }
    return pixels;
  }

  private byte first(int code) {
    int root = code;
    while (length[root] > 1) {
      root = before[root];
    }
    return last[root];
  }

  private void write(int code) {
    int size = length[code];
    int at = filled + size - 1;
    for (int rest = code, i = size; i > 0; i--, at--) {
      if (at < pixels.length) {
        pixels[at] = last[rest];
      }
      rest = before[rest];
    }
    filled = Math.min(pixels.length, filled + size);
  }

  private int read(int codeSize) {
    while (bits < codeSize) {
      if (position == data.length) {
        return NONE;
      }
      buffer |= (data[position++] & 0xff) << bits;
      bits += 8;
    }
    int code = buffer & ((1 << codeSize) - 1);
    buffer >>>= codeSize;
    bits -= codeSize;
    return code;
  }
}
