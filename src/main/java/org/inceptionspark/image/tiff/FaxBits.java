package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;

/** Bits of CCITT data, most significant first; zeros follow the end, but cannot be consumed. */
final class FaxBits {
  private final byte[] data;
  private final long end;
  private long position;

  FaxBits(byte[] data, int start, int end) {
    this.data = data;
    this.position = 8L * start;
    this.end = 8L * end;
  }

  /** The next bits, at most 16, without consuming them. */
  int peek(int count) {
    int octet = (int) (position >> 3);
    int bits = at(octet) << 16 | at(octet + 1) << 8 | at(octet + 2);
    return bits >> (24 - count - (int) (position & 7)) & ((1 << count) - 1);
  }

  private int at(int octet) {
    return 8L * octet < end ? data[octet] & 0xff : 0;
  }

  void skip(int count) throws ImageException {
    position += count;
    if (position > end) {
      throw ByteSource.endsEarly();
    }
  }

  void alignToByte() {
    position = (position + 7) & ~7L;
  }

  boolean isAtEnd() {
    return position >= end;
  }

  long at() {
    return position;
  }
}
