package org.inceptionspark.image.jpeg.scan;

import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;

/** Blocks of a sequential picture whose components come in scans of their own. */
final class StoredSequential implements BlockDecoder {
  private static final int[] ONES = new int[Coefficients.OF_BLOCK];
  private static final int[] IN_ORDER = new int[Coefficients.OF_BLOCK];

  static {
    Arrays.fill(ONES, 1);
    Arrays.setAll(IN_ORDER, k -> k);
  }

  private final SequentialBlocks blocks;
  private final int[] block = new int[Coefficients.OF_BLOCK];

  StoredSequential(ScanBits in) {
    this.blocks = new SequentialBlocks(in);
  }

  @Override
  public void decode(JpegScan.Part part, short[] values, long[] nonZero, int firstBlock, int count)
      throws ImageException {
    for (int i = firstBlock; i < firstBlock + count; i++) {
      Arrays.fill(block, 0);
      blocks.decode(part, ONES, IN_ORDER, block, 0);
      values[i * Coefficients.OF_BLOCK] = (short) block[0];
      for (int k = 1; k < Coefficients.OF_BLOCK; k++) {
        Coefficients.store(values, nonZero, i, k, block[k]);
      }
    }
  }

  @Override
  public void restart() {
    blocks.restart();
  }
}
