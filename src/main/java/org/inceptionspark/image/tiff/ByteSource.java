package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** The bytes of one strip or tile, unpacked as they are asked for. */
interface ByteSource extends AutoCloseable {
  /**
   * Fills the whole array with the next bytes.
   *
   * @throws ImageException CORRUPT if the data ends before or cannot be unpacked
   */
  void read(byte[] target) throws ImageException;

  /** After the last row: what can still be found out about the data. */
  default void finish() throws ImageException {}

  @Override
  default void close() {}

  /** The complaint of all kinds about data that is not there. */
  static ImageException endsEarly() {
    return ImageException.corrupt(ImageFormat.TIFF, "data ends before the picture does");
  }
}
