package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;

/** The rows of one strip or tile, as samples. */
interface ChunkRows extends AutoCloseable {
  /**
   * Reads the next row.
   *
   * @param samples receives those of each pixel side by side
   */
  void next(int[] samples) throws ImageException;

  /** After the last row: checks what can still be checked, such as a checksum. */
  void finish() throws ImageException;

  @Override
  void close();
}
