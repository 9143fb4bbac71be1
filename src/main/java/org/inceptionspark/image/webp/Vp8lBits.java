package org.inceptionspark.image.webp;

import org.inceptionspark.image.core.ImageException;

/** Bits of lossless WebP data, least significant first. */
final class Vp8lBits {
  private final byte[] data;
  private final int end;
  private int position;
  private long buffer;
  private int buffered;

  Vp8lBits(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  /** The next bits, at most 32, without consuming them; zeros follow the end. */
  long peek() {
    if (buffered < 32) {
      load();
    }
    return buffer;
  }

  private void load() {
    while (buffered <= 56 && position < end) {
      buffer |= (data[position++] & 0xffL) << buffered;
      buffered += 8;
    }
  }

  /** Consumes bits that were peeked at. */
  void skip(int count) throws ImageException {
    if (count > buffered) {
      throw Vp8lDecoder.corrupt("data ends before the picture does");
    }
    buffer >>>= count;
    buffered -= count;
  }

  /** A number of up to 24 bits. */
  int number(int bits) throws ImageException {
    int number = (int) peek() & ((1 << bits) - 1);
    skip(bits);
    return number;
  }

  boolean flag() throws ImageException {
    return number(1) != 0;
  }
}
