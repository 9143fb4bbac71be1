package org.inceptionspark.image.jpeg.scan;

/**
 * One Huffman table of a JPEG (ISO/IEC 10918-1, annex C and F), decoded by looking up ten bits at
 * once, which mostly hold a whole code and the value that follows it.
 */
public final class HuffmanTable {
  /** How many bits are looked up at once. */
  public static final int LOOKUP_BITS = 10;

  /** Marks an entry without a value: the code or its value is longer, see {@link #symbol}. */
  public static final int NO_VALUE = 0x8000;

  /** What {@link #code} returns for bits that are not a code. */
  public static final int BAD_CODE = -1;

  private static final int LONGEST = 16;

  /**
   * For each ten bits: the value in the upper half, {@link #NO_VALUE}, the run of zeros before it
   * plus one in bits 6 to 10, and the number of bits of code and value in bits 0 to 5.
   */
  public final int[] values = new int[1 << LOOKUP_BITS];

  /** For each ten bits: {@code symbol << 8 | length} of the code, or 0 for a longer one. */
  private final short[] codes = new short[1 << LOOKUP_BITS];

  private final int[] lengthCounts;
  private final byte[] symbols;

  /**
   * A table as in a DHT segment.
   *
   * @param lengthCounts number of codes of 1, 2, ... 16 bits
   * @param symbols in the order of their codes
   * @throws IllegalArgumentException if there are more codes of a length than fit
   */
  public HuffmanTable(int[] lengthCounts, byte[] symbols) {
    this.lengthCounts = lengthCounts;
    this.symbols = symbols;
    int code = 0;
    int next = 0;
    for (int length = 1; length <= LONGEST; length++) {
      for (int i = 0; i < lengthCounts[length - 1]; i++) {
        if (length <= LOOKUP_BITS) {
          enter(code, length, symbols[next] & 0xff);
        }
        code++;
        next++;
      }
      // No code may be all ones; lengths without codes do not count.
      if (code >= 1 << length && lengthCounts[length - 1] > 0) {
        throw new IllegalArgumentException("more codes of " + length + " bits than there can be");
      }
      code <<= 1;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = value(i);
    }
  }

  private void enter(int code, int length, int symbol) {
    int free = LOOKUP_BITS - length;
    for (int rest = 0; rest < 1 << free; rest++) {
      codes[code << free | rest] = (short) (symbol << 8 | length);
    }
  }

  private int value(int bits) {
    int length = codes[bits] & 0xff;
    int symbol = codes[bits] >> 8 & 0xff;
    int size = symbol & 15;
    int total = length + size;
    if (length == 0 || size == 0 || total > LOOKUP_BITS) {
      return NO_VALUE;
    }
    int value = extended(bits >> LOOKUP_BITS - total & (1 << size) - 1, size);
    return value << 16 | (symbol >> 4) + 1 << 6 | total;
  }

  /** A value of this many bits; the lower half of the range encodes negative numbers. */
  public static int extended(int bits, int size) {
    return bits < 1 << size >> 1 ? bits + (-1 << size) + 1 : bits;
  }

  /** The largest symbol; above 15 it is not a table of DC differences. */
  public int largestSymbol() {
    int largest = 0;
    for (byte symbol : symbols) {
      largest = Math.max(largest, symbol & 0xff);
    }
    return largest;
  }

  /**
   * The code that these bits begin with.
   *
   * @param bits left-aligned
   * @return {@code symbol << 8 | length}, or {@link #BAD_CODE}
   */
  public int code(long bits) {
    int known = codes[(int) (bits >>> 64 - LOOKUP_BITS)] & 0xffff;
    return known != 0 ? known : longCode((int) (bits >>> 64 - LONGEST));
  }

  private int longCode(int bits) {
    int first = 0;
    int next = 0;
    for (int length = 1; length <= LONGEST; length++) {
      int count = lengthCounts[length - 1];
      int index = (bits >> LONGEST - length) - first;
      if (index < count) {
        return (symbols[next + index] & 0xff) << 8 | length;
      }
      next += count;
      first = first + count << 1;
    }
    return BAD_CODE;
  }
}
