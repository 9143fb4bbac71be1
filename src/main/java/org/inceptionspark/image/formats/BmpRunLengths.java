package org.inceptionspark.image.formats;

import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/**
 * Run lengths of palette indices of 4 or 8 bits. Pixels that are skipped have index 0, as in
 * Pillow; missing rows count as damage.
 */
final class BmpRunLengths {
  private static final int END_OF_ROW = 0;
  private static final int END_OF_PICTURE = 1;
  private static final int SKIP = 2;

  private final EncodedBytes bytes;
  private final int bits;
  private final int width;
  private final int height;
  private final byte[] numbers;
  private int position;
  private int x;
  private int y;

  private BmpRunLengths(EncodedBytes bytes, int start, int bits, int width, int height) {
    this.bytes = bytes;
    this.position = start;
    this.bits = bits;
    this.width = width;
    this.height = height;
    this.numbers = new byte[width * height];
  }

  /** The numbers of all pixels, rows as they are stored. */
  static byte[] decode(EncodedBytes bytes, int start, int bits, int width, int height)
      throws ImageException {
    BmpRunLengths runs = new BmpRunLengths(bytes, start, bits, width, height);
    runs.run();
    return runs.numbers;
  }

  private void run() throws ImageException {
    while (y < height - 1 || (y == height - 1 && x < width)) {
      int count = next();
      int code = next();
      if (count > 0) {
        repeat(count, code);
      } else if (code == END_OF_ROW) {
        x = 0;
        y++;
      } else if (code == END_OF_PICTURE) {
        requireLastRow();
        return;
      } else if (code == SKIP) {
        skip(next(), next());
      } else {
        copy(code);
      }
    }
  }

  private void requireLastRow() throws ImageException {
    if (y < height - 1) {
      throw ImageException.corrupt(ImageFormat.BMP, "ends in row " + (y + 1) + " of " + height);
    }
  }

  private void skip(int right, int down) throws ImageException {
    x += right;
    y += down;
    if (x > width || y >= height) {
      throw beyondTheEnd();
    }
  }

  private ImageException beyondTheEnd() {
    return ImageException.corrupt(
        ImageFormat.BMP, "a run beyond the end of row " + (y + 1) + " of " + height);
  }

  private void repeat(int count, int code) throws ImageException {
    for (int i = 0; i < count; i++) {
      put(bits == 8 ? code : i % 2 == 0 ? code >> 4 : code & 15);
    }
  }

  /** So many numbers as they are, then what fills up 16 bits. */
  private void copy(int count) throws ImageException {
    int octet = 0;
    for (int i = 0; i < count; i++) {
      if (bits == 8 || i % 2 == 0) {
        octet = next();
      }
      put(bits == 8 ? octet : i % 2 == 0 ? octet >> 4 : octet & 15);
    }
    int octets = bits == 8 ? count : (count + 1) / 2;
    position += octets % 2;
  }

  /** Some writers go on to where a row that is not packed would end, which is at 32 bits. */
  private void put(int number) throws ImageException {
    int padded = (width + 32 / bits - 1) / (32 / bits) * (32 / bits);
    if (x >= padded || y >= height) {
      throw beyondTheEnd();
    }
    if (x < width) {
      numbers[y * width + x] = (byte) number;
    }
    x++;
  }

  private int next() throws ImageException {
    return bytes.uint8(position++);
  }
}
