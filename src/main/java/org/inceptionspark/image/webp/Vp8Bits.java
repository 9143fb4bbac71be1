package org.inceptionspark.image.webp;

/** VP8's arithmetic decoder (RFC 6386, section 7) over one partition of the data. */
final class Vp8Bits {
  private static final int EVEN = 128;

  private final byte[] data;
  private final int end;
  private int position;
  private boolean exhausted;

  // The coded number's next bits; the top eight of them are at bit `spare` and above.
  private long value;
  private int spare = -8;
  private int range = 254; // less one, so that it fits eight bits

  Vp8Bits(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
  }

  /** True once more bits were read than the partition has. */
  boolean isExhausted() {
    return exhausted;
  }

  /** One bit that is 0 with {@code probability / 256}. */
  int bit(int probability) {
    if (spare < 0) {
      load();
    }
    int split = (range * probability) >> 8;
    int bit;
    if ((int) (value >> spare) > split) {
      range -= split;
      value -= (long) (split + 1) << spare;
      bit = 1;
    } else {
      range = split + 1;
      bit = 0;
    }
    int shift = Integer.numberOfLeadingZeros(range) - 24;
    range = (range << shift) - 1;
    spare -= shift;
    return bit;
  }

  boolean flag() {
    return bit(EVEN) != 0;
  }

  /** A number of this many bits. */
  int number(int bits) {
    int number = 0;
    for (int i = 0; i < bits; i++) {
      number = number << 1 | bit(EVEN);
    }
    return number;
  }

  /** A number of this many bits, followed by a sign. */
  int signed(int bits) {
    int number = number(bits);
    return flag() ? -number : number;
  }

  /** A signed number if a flag announces one; otherwise 0. */
  int optionalSigned(int bits) {
    return flag() ? signed(bits) : 0;
  }

  private void load() {
    if (end - position >= 5) {
      for (int i = 0; i < 5; i++) {
        value = value << 8 | (data[position++] & 0xff);
      }
      spare += 40;
    } else if (position < end) {
      value = value << 8 | (data[position++] & 0xff);
      spare += 8;
    } else {
      // The encoder may drop a final byte that decides nothing; more than one byte is missing data.
      exhausted = true;
      value <<= 8;
      spare += 8;
    }
  }
}
