package org.inceptionspark.image.jpeg.scan;

/** One more bit of DC coefficients (ISO/IEC 10918-1, G.1.2.1). */
final class ProgressiveDcRefinement implements BlockDecoder {
  private final ScanBits in;
  private final int low;

  ProgressiveDcRefinement(ScanBits in, int low) {
    this.in = in;
    this.low = low;
  }

  @Override
  public void decode(
      JpegScan.Part part, short[] values, long[] nonZero, int firstBlock, int blocks) {
    for (int i = firstBlock; i < firstBlock + blocks; i++) {
      values[i * Coefficients.OF_BLOCK] |= (short) (in.take(1) << low);
    }
  }

  @Override
  public void restart() {
    in.restart();
  }
}
