package org.inceptionspark.image.tiff;

import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/**
 * CCITT's bilevel compressions, a row at a time: modified Huffman (TIFF 6.0, section 10), group 3
 * in one and two dimensions (ITU-T T.4), group 4 (T.6). Black is 1. A row is represented by the
 * columns where its colour changes, white first.
 */
final class FaxRows implements ByteSource {
  /** How rows begin and how they are coded. */
  enum Coding {
    /** One dimension, each row from a byte boundary, no marks between them. */
    MODIFIED_HUFFMAN,
    /** One dimension; marks between rows. */
    GROUP_3,
    /** A bit after each mark tells whether the row is coded in one dimension or two. */
    GROUP_3_TWO_DIMENSIONS,
    /** Two dimensions, no marks. */
    GROUP_4
  }

  private static final int MARK_ZEROS = 11;

  private final FaxBits bits;
  private final Coding coding;
  private final int width;

  // Columns where the colour changes, then the width again and again.
  private int[] above;
  private int[] row;
  private int changes;

  FaxRows(FaxBits bits, Coding coding, int width) {
    this.bits = bits;
    this.coding = coding;
    this.width = width;
    this.above = new int[width + 4];
    this.row = new int[width + 4];
    end();
  }

  @Override
  public void read(byte[] target) throws ImageException {
    int[] next = above;
    above = row;
    row = next;
    changes = 0;
    if (startsInTwoDimensions()) {
      twoDimensions();
    } else {
      oneDimension();
    }
    end();
    paint(target);
  }

  /** Consumes what precedes a row; true if the row is coded relative to the one above. */
  private boolean startsInTwoDimensions() throws ImageException {
    switch (coding) {
      case GROUP_4 -> {
        return true;
      }
      case MODIFIED_HUFFMAN -> {
        bits.alignToByte();
        return false;
      }
      default -> {
        boolean isMarked = skipMark();
        if (coding == Coding.GROUP_3 || !isMarked) {
          return false;
        }
        boolean isTwoDimensional = bits.peek(1) == 0;
        bits.skip(1);
        return isTwoDimensional;
      }
    }
  }

  /** The mark of a row's end, any number of zeros and a one; some writers leave it out. */
  private boolean skipMark() throws ImageException {
    if (bits.peek(MARK_ZEROS) != 0) {
      return false;
    }
    bits.skip(MARK_ZEROS);
    while (bits.peek(1) == 0) {
      bits.skip(1);
    }
    bits.skip(1);
    return true;
  }

  private void oneDimension() throws ImageException {
    int at = 0;
    boolean isBlack = false;
    do {
      at = change(at, at + (isBlack ? FaxCodes.BLACK : FaxCodes.WHITE).run(bits));
      isBlack = !isBlack;
    } while (at < width);
  }

  private void twoDimensions() throws ImageException {
    int at = -1; // before the first pixel, so that a change at column 0 is one to the right
    int index = 0;
    while (at < width) {
      // In the row above: the first change to the right from the current colour.
      while (index > 0 && above[index - 1] > at) {
        index--;
      }
      while (above[index] < width && (above[index] <= at || ((index ^ changes) & 1) != 0)) {
        index++;
      }
      int mode = bits.peek(7);
      if (mode >= 0b1000000) {
        at = vertical(at, above[index], 1);
      } else if (mode >= 0b0110000) {
        at = vertical(at, above[index] + 1, 3);
      } else if (mode >= 0b0100000) {
        at = vertical(at, above[index] - 1, 3);
      } else if (mode >= 0b0010000) {
        at = horizontal(Math.max(0, at));
      } else if (mode >= 0b0001000) {
        bits.skip(4);
        at = above[index + 1];
      } else if (mode >= 0b0000110) {
        at = vertical(at, above[index] + 2, 6);
      } else if (mode >= 0b0000100) {
        at = vertical(at, above[index] - 2, 6);
      } else if (mode == 0b0000011) {
        at = vertical(at, above[index] + 3, 7);
      } else if (mode == 0b0000010) {
        at = vertical(at, above[index] - 3, 7);
      } else {
        throw noMode();
      }
    }
  }

  private ImageException noMode() {
    return bits.isAtEnd()
        ? ByteSource.endsEarly()
        : ImageException.corrupt(ImageFormat.TIFF, "no CCITT mode at bit " + bits.at());
  }

  private int vertical(int from, int column, int codeBits) throws ImageException {
    bits.skip(codeBits);
    return change(from, column);
  }

  private int horizontal(int from) throws ImageException {
    bits.skip(3);
    boolean isBlack = (changes & 1) != 0;
    int middle = change(from, from + (isBlack ? FaxCodes.BLACK : FaxCodes.WHITE).run(bits));
    return change(middle, middle + (isBlack ? FaxCodes.WHITE : FaxCodes.BLACK).run(bits));
  }

  private int change(int from, int column) throws ImageException {
    if (column > width || column < Math.max(0, from)) {
      throw ImageException.corrupt(
          ImageFormat.TIFF, "a CCITT run from column " + from + " to " + column + " of " + width);
    }
    if (changes > 0 && column == row[changes - 1]) {
      changes--; // an empty run: its two ends are not changes
    } else {
      row[changes++] = column;
    }
    return column;
  }

  private void end() {
    Arrays.fill(row, changes, changes + 3, width);
  }

  private void paint(byte[] target) {
    Arrays.fill(target, (byte) 0);
    for (int i = 0; i < changes; i += 2) {
      for (int x = row[i]; x < row[i + 1]; x++) {
        target[x >> 3] |= (byte) (0x80 >> (x & 7));
      }
    }
  }
}
