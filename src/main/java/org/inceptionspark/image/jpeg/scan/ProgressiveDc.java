package org.inceptionspark.image.jpeg.scan;

import java.util.Arrays;
import org.inceptionspark.image.core.ImageException;

/** First scan of DC coefficients (ISO/IEC 10918-1, G.1.2.1). */
final class ProgressiveDc implements BlockDecoder {
  private final ScanBits in;
  private final int low;
  private final int[] predictions = new int[4];

  ProgressiveDc(ScanBits in, int low) {
    this.in = in;
    this.low = low;
  }

  @Override
  public void decode(JpegScan.Part part, short[] values, long[] nonZero, int firstBlock, int blocks)
      throws ImageException {
    for (int i = firstBlock; i < firstBlock + blocks; i++) {
      int dc = predictions[part.component()] += SequentialBlocks.difference(in, part.dc());
      values[i * Coefficients.OF_BLOCK] = (short) (dc << low);
    }
  }

  @Override
  public void restart() {
    in.restart();
    Arrays.fill(predictions, 0);
  }
}
