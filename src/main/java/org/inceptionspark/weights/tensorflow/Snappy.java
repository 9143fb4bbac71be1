package org.inceptionspark.weights.tensorflow;

import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.WeightsException.Kind;

/**
 * Raw Snappy blocks, as LevelDB tables may hold them. Format: Snappy's published format
 * description; a length, then literals and copies of earlier output.
 */
final class Snappy {
  /** A copy element of 3 bytes gives at most 64. */
  private static final int LARGEST_RATIO = 22;

  private final ByteCursor in;
  private final byte[] out;
  private int written;

  private Snappy(ByteCursor in, int length) {
    this.in = in;
    this.out = new byte[length];
  }

  static byte[] decompress(ByteCursor in) {
    long length = in.varint();
    if (length < 0 || length > (long) in.remaining() * LARGEST_RATIO) {
      throw in.error(
          Kind.BAD_STRUCTURE,
          "Snappy block claims " + length + " bytes from " + in.remaining() + " compressed ones");
    }
    Snappy snappy = new Snappy(in, (int) length);
    while (in.remaining() > 0) {
      snappy.element(in.u8());
    }
    if (snappy.written != length) {
      throw in.error(
          Kind.BAD_STRUCTURE,
          "Snappy block holds " + snappy.written + " bytes, its header says " + length);
    }
    return snappy.out;
  }

  private void element(int tag) {
    switch (tag & 3) {
      case 0 -> literal(tag >>> 2);
      case 1 -> copy((tag >>> 2 & 7) + 4, (tag >>> 5) << 8 | in.u8());
      case 2 -> copy((tag >>> 2) + 1, in.u16());
      default -> copy((tag >>> 2) + 1, in.u32());
    }
  }

  private void literal(int size) {
    long length = size + 1L;
    if (size >= 60) {
      length = 1;
      for (int i = 0; i < size - 59; i++) {
        length += (long) in.u8() << 8 * i;
      }
    }
    reserve(length);
    in.buffer().get(out, written, (int) Math.min(length, in.remaining()));
    in.skip(length);
    written += (int) length;
  }

  private void copy(int length, long distance) {
    if (distance < 1 || distance > written) {
      throw in.error(
          Kind.BAD_STRUCTURE, "Snappy copy from " + distance + " bytes back at " + written);
    }
    reserve(length);
    for (int i = 0; i < length; i++, written++) {
      out[written] = out[written - (int) distance];
    }
  }

  private void reserve(long length) {
    if (length > out.length - written) {
      throw in.error(
          Kind.BAD_STRUCTURE, "Snappy block is longer than the " + out.length + " bytes it claims");
    }
  }
}
