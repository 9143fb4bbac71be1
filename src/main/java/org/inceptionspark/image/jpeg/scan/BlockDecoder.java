package org.inceptionspark.image.jpeg.scan;

import org.inceptionspark.image.core.ImageException;

/** Decodes what one scan says of a block. */
interface BlockDecoder {
  /**
   * Decodes the scan's data of blocks that follow one another.
   *
   * @param values their component's coefficients, in zigzag order
   * @param nonZero for each block, which AC coefficients are not zero
   */
  void decode(JpegScan.Part part, short[] values, long[] nonZero, int firstBlock, int blocks)
      throws ImageException;

  /** Goes on behind a restart marker. */
  void restart();
}
