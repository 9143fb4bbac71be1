package org.inceptionspark.image.jpeg.scan;

import org.inceptionspark.image.core.ImageException;

/** Decodes one scan's data of a block. */
interface BlockDecoder {
  /**
   * Decodes the scan's data of blocks that follow one another.
   *
   * @param values their component's coefficients, in zigzag order
   * @param nonZero for each block, which AC coefficients are not zero
   */
  void decode(JpegScan.Part part, short[] values, long[] nonZero, int firstBlock, int blocks)
      throws ImageException;

  /** Continues after a restart marker. */
  void restart();
}
