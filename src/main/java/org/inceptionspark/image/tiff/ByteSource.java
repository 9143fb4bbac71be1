package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** The bytes of one strip or tile, unpacked on demand. */
interface ByteSource extends AutoCloseable {
  /**
   * Fills the whole array with the next bytes.
   *
   * @throws ImageException CORRUPT if the data ends before or cannot be unpacked
   */
  void read(byte[] target) throws ImageException;

  /** After the last row: checks what can still be checked, such as a checksum. */
  default void finish() throws ImageException {}

  @Override
  default void close() {}

  /** The failure for data that ends early, the same for all encodings. */
  static ImageException endsEarly() {
    return ImageException.corrupt(ImageFormat.TIFF, "data ends before the picture does");
  }
}
