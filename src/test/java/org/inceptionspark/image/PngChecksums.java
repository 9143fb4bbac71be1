package org.inceptionspark.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Makes the checksums of a damaged PNG right, so that the damage reaches the decoder behind them.
 */
final class PngChecksums {
  private PngChecksums() {}

  static void repair(byte[] bytes) {
    if (bytes.length < 8 || !new String(bytes, 1, 3, US_ASCII).equals("PNG")) {
      return;
    }
    ByteBuffer file = ByteBuffer.wrap(bytes);
    int position = 8;
    while (position + 12 <= bytes.length) {
      int length = file.getInt(position);
      if (length < 0 || length > bytes.length - position - 12) {
        return;
      }
      CRC32 checksum = new CRC32();
      checksum.update(bytes, position + 4, length + 4);
      file.putInt(position + 8 + length, (int) checksum.getValue());
      position += 12 + length;
    }
  }
}
