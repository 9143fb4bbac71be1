package org.inceptionspark.image.webp;

import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;

/** Reads prefix codes (RFC 9649, section 3.7.2). */
final class Vp8lCodeReader {
  /** The order in which the lengths of the code of lengths are stored. */
  private static final int[] ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  private static final int REPEAT_PREVIOUS = 16;
  private static final int SHORT_ZEROS = 17;
  private static final int FIRST_PREVIOUS = 8;

  private final Vp8lBits bits;

  Vp8lCodeReader(Vp8lBits bits) {
    this.bits = bits;
  }

  /** Reads a code over this many symbols. */
  Vp8lCode read(int symbols) throws ImageException {
    return new Vp8lCode(bits.flag() ? oneOrTwo(symbols) : many(symbols));
  }

  private int[] oneOrTwo(int symbols) throws ImageException {
    int[] lengths = new int[symbols];
    boolean areTwo = bits.flag();
    boolean isOctet = bits.flag();
    mark(lengths, bits.number(isOctet ? 8 : 1));
    if (areTwo) {
      mark(lengths, bits.number(8));
    }
    return lengths;
  }

  private static void mark(int[] lengths, int symbol) throws ImageException {
    if (symbol >= lengths.length) {
      throw Vp8lDecoder.corrupt("symbol " + symbol + " of " + lengths.length);
    }
    lengths[symbol] = 1;
  }

  private int[] many(int symbols) throws ImageException {
    int[] lengthsOfLengths = new int[ORDER.length];
    int stored = 4 + bits.number(4);
    for (int i = 0; i < stored; i++) {
      lengthsOfLengths[ORDER[i]] = bits.number(3);
    }
    Vp8lCode code = new Vp8lCode(lengthsOfLengths);
    int codes = symbols;
    if (bits.flag()) {
      codes = 2 + bits.number(2 + 2 * bits.number(3));
      if (codes > symbols) {
        throw Vp8lDecoder.corrupt(codes + " code lengths for " + symbols + " symbols");
      }
    }
    return lengths(code, symbols, codes);
  }

  private int[] lengths(Vp8lCode code, int symbols, int codes) throws ImageException {
    int[] lengths = new int[symbols];
    int previous = FIRST_PREVIOUS;
    int symbol = 0;
    for (int i = 0; i < codes && symbol < symbols; i++) {
      int length = code.read(bits);
      if (length < REPEAT_PREVIOUS) {
        lengths[symbol++] = length;
        previous = length == 0 ? previous : length;
        continue;
      }
      int repeats =
          switch (length) {
            case REPEAT_PREVIOUS -> 3 + bits.number(2);
            case SHORT_ZEROS -> 3 + bits.number(3);
            default -> 11 + bits.number(7);
          };
      if (repeats > symbols - symbol) {
        throw Vp8lDecoder.corrupt("code lengths for more than " + symbols + " symbols");
      }
      int value = length == REPEAT_PREVIOUS ? previous : 0;
      Arrays.fill(lengths, symbol, symbol + repeats, value);
      symbol += repeats;
    }
    return lengths;
  }
}
