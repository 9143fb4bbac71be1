package org.inceptionspark.image.formats;

import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;

/** What the bits of a BMP's rows mean. */
interface BmpColours {
  /**
   * Colours of a row.
   *
   * @param row where its bytes begin, all of which are in the file
   */
  void toRgb(EncodedBytes bytes, int row, int pixels, byte[] rgb, int at) throws ImageException;
}
