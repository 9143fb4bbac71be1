package org.inceptionspark.image.jpeg.scan;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/**
 * One more bit of a band of AC coefficients (ISO/IEC 10918-1, G.1.2.3): nonzero ones get a
 * correction bit each; those that become nonzero are in between.
 */
final class ProgressiveAcRefinement implements BlockDecoder {
  private final ScanBits in;
  private final int first;
  private final int last;
  private final int low;

  /** The number of blocks from here on in which no coefficient becomes nonzero. */
  private int unchangedBlocks;

  ProgressiveAcRefinement(ScanBits in, JpegScan scan) {
    this.in = in;
    this.first = scan.first();
    this.last = scan.last();
    this.low = scan.low();
  }

  @Override
  public void decode(JpegScan.Part part, short[] values, long[] nonZero, int firstBlock, int blocks)
      throws ImageException {
    for (int i = firstBlock; i < firstBlock + blocks; i++) {
      int k = first;
      if (unchangedBlocks == 0) {
        k = band(part.ac(), values, nonZero, i);
      }
      if (unchangedBlocks > 0) {
        long rest = k <= last ? nonZero[i] & upTo(last) & -1L << k : 0;
        if (rest != 0) {
          correct(values, i, rest);
        }
        unchangedBlocks--;
      }
    }
  }

  /** Decodes up to the end of the band or of its block; returns the next coefficient. */
  private int band(HuffmanTable table, short[] values, long[] nonZero, int block)
      throws ImageException {
    long old = nonZero[block];
    long zeros = ~old & upTo(last);
    int k = first;
    while (k <= last) {
      if (in.count < 32) {
        in.refill();
      }
      int symbol = SequentialBlocks.symbol(in, table);
      int run = symbol >> 4;
      int size = symbol & 15;
      int value = 0;
      if (size > 1) {
        throw ImageException.corrupt(ImageFormat.JPEG, "bad Huffman code in a refinement");
      }
      if (size == 1) {
        value = (in.take(1) == 1 ? 1 : -1) << low;
      } else if (run != 15) {
        unchangedBlocks = (1 << run) + in.take(run);
        return k;
      }
      long left = zeros & -1L << k;
      for (int i = 0; i < run; i++) {
        left &= left - 1;
      }
      int target = left == 0 ? last + 1 : Long.numberOfTrailingZeros(left);
      long passed = old & upTo(Math.min(target, last)) & -1L << k;
      if (passed != 0) {
        correct(values, block, passed);
      }
      if (value != 0) {
        if (target > last) {
          throw ImageException.corrupt(ImageFormat.JPEG, "a coefficient after its scan's last");
        }
        Coefficients.store(values, nonZero, block, target, value);
      }
      k = target + 1;
    }
    return k;
  }

  /** The bits up to and including this one. */
  private static long upTo(int k) {
    return -1L >>> 63 - k;
  }

  private void correct(short[] values, int block, long which) {
    int bit = 1 << low;
    long left = which;
    while (left != 0) {
      int taken = Math.min(16, Long.bitCount(left));
      int corrections = in.take(taken);
      for (int next = 1 << taken - 1; next != 0; next >>= 1) {
        if ((corrections & next) != 0) {
          int at = block * Coefficients.OF_BLOCK + Long.numberOfTrailingZeros(left);
          short value = values[at];
          if ((value & bit) == 0) {
            values[at] = (short) (value >= 0 ? value + bit : value - bit);
          }
        }
        left &= left - 1;
      }
    }
  }

  @Override
  public void restart() {
    in.restart();
    unchangedBlocks = 0;
  }
}
