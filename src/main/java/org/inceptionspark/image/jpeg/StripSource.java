package org.inceptionspark.image.jpeg;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.jpeg.sample.Strip;

/** Where a strip's coefficients come from. */
interface StripSource {
  /**
   * Fills a strip of zeros with dequantized coefficients. Strips are asked for in order, from the
   * top.
   *
   * @param firstRow of MCUs
   * @param rows of MCUs
   */
  void read(Strip strip, int firstRow, int rows) throws ImageException;
}
