package org.inceptionspark.image.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Changes entries of a TIFF's first directory, as sloppy writers and damage do. */
final class TiffPatch {
  private static final int LONG = 4;
  private static final int UNKNOWN_TAG = 65000;

  private TiffPatch() {}

  /** The file without a tag. */
  static byte[] without(byte[] tiff, int tag) {
    ByteBuffer file = copy(tiff);
    file.putShort(entry(file, tag), (short) UNKNOWN_TAG);
    return file.array();
  }

  /** The file with one number for a tag. */
  static byte[] with(byte[] tiff, int tag, int value) {
    ByteBuffer file = copy(tiff);
    int entry = entry(file, tag);
    file.putShort(entry + 2, (short) LONG).putInt(entry + 4, 1).putInt(entry + 8, value);
    return file.array();
  }

  /** The file with the same number for each value of a tag, all of 16 bits or all of 32. */
  static byte[] withAll(byte[] tiff, int tag, int value) {
    ByteBuffer file = copy(tiff);
    int entry = entry(file, tag);
    int size = file.getShort(entry + 2) == LONG ? 4 : 2;
    int count = file.getInt(entry + 4);
    int at = count * size <= 4 ? entry + 8 : file.getInt(entry + 8);
    for (int i = 0; i < count; i++, at += size) {
      if (size == 4) {
        file.putInt(at, value);
      } else {
        file.putShort(at, (short) value);
      }
    }
    return file.array();
  }

  private static ByteBuffer copy(byte[] tiff) {
    ByteBuffer file = ByteBuffer.wrap(tiff.clone());
    return file.order(file.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  private static int entry(ByteBuffer file, int tag) {
    int entry = file.getInt(4) + 2;
    while ((file.getShort(entry) & 0xffff) != tag) {
      entry += 12;
    }
    return entry;
  }
}
