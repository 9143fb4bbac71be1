package org.inceptionspark.image.webp;

import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;

/**
 * A canonical prefix code. Short codes are looked up at once; those of more than eight bits, which
 * are rare, are decoded bit by bit, so that a code takes little memory.
 */
final class Vp8lCode {
  static final int LONGEST = 15;
  private static final int MOST_ROOT_BITS = 8;
  private static final int LONGER = -1;

  // Symbol, and below it the four bits of its length, by the next bits.
  private final int[] root;

  // For each length: the number of codes, the first code, and where its symbols begin.
  private final int[] counts = new int[LONGEST + 1];
  private final int[] firsts = new int[LONGEST + 1];
  private final int[] starts = new int[LONGEST + 1];
  private final short[] symbols;

  /**
   * The code with these lengths in bits, by symbol.
   *
   * @param lengths 0 for symbols that do not occur
   * @throws ImageException CORRUPT if the code is not complete. A single symbol takes no bits,
   *     whatever its length
   */
  Vp8lCode(int[] lengths) throws ImageException {
    for (int length : lengths) {
      counts[length]++;
    }
    symbols = new short[lengths.length - counts[0]];
    counts[0] = 0;
    requireComplete();
    int start = 0;
    for (int length = 1; length <= LONGEST; length++) {
      starts[length] = start;
      firsts[length] = (firsts[length - 1] + counts[length - 1]) << 1;
      start += counts[length];
    }
    int[] next = starts.clone();
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] > 0) {
        symbols[next[lengths[symbol]]++] = (short) symbol;
      }
    }
    root = symbols.length == 1 ? new int[] {symbols[0] << 4} : root();
  }

  private void requireComplete() throws ImageException {
    int open = 1;
    for (int length = 1; length <= LONGEST; length++) {
      open = 2 * open - counts[length];
      if (open < 0) {
        break;
      }
    }
    if (symbols.length != 1 && open != 0) {
      throw Vp8lDecoder.corrupt("a prefix code of " + symbols.length + " symbols is not complete");
    }
  }

  private int[] root() {
    int longest = LONGEST;
    while (counts[longest] == 0) {
      longest--;
    }
    int rootBits = Math.min(MOST_ROOT_BITS, longest);
    int[] table = new int[1 << rootBits];
    Arrays.fill(table, LONGER);
    for (int length = 1; length <= rootBits; length++) {
      for (int i = 0; i < counts[length]; i++) {
        int code = firsts[length] + i;
        int entry = symbols[starts[length] + i] << 4 | length;
        int bits = Integer.reverse(code) >>> (32 - length);
        for (; bits < table.length; bits += 1 << length) {
          table[bits] = entry;
        }
      }
    }
    return table;
  }

  /** Reads one symbol. */
  int read(Vp8lBits bits) throws ImageException {
    long next = bits.peek();
    int entry = root[(int) next & (root.length - 1)];
    if (entry != LONGER) {
      bits.skip(entry & 15);
      return entry >> 4;
    }
    int code = 0;
    for (int length = 1; ; length++) {
      code = code << 1 | (int) (next >>> (length - 1)) & 1;
      int index = code - firsts[length];
      if (index < counts[length]) {
        bits.skip(length);
        return symbols[starts[length] + index];
      }
    }
  }

  /** The memory that the code takes, in bytes. */
  long size() {
    return 4L * (root.length + 3 * (LONGEST + 1)) + 2L * symbols.length;
  }
}
