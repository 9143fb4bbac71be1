package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;

/** How the bytes of strips and tiles become samples. */
interface TiffEncoding {
  static TiffEncoding of(TiffDirectory directory, TiffLayout layout, TiffModel model)
      throws ImageException {
    return directory.isJpeg()
        ? JpegEncoding.of(directory, layout, model)
        : PackedEncoding.of(directory, layout, model);
  }

  /**
   * Rows of pixels that are coded together count as one: how many this number of pixel rows makes.
   */
  int rows(int rows);

  /** The most such rows that this many bytes of a chunk can hold. */
  long mostRows(TiffLayout layout, long length);

  /**
   * Rows of a chunk in the bytes from {@code start} to {@code end}.
   *
   * @param first index of these samples in a pixel: 0, or the plane's number
   * @param step samples per pixel in the array that is filled
   */
  ChunkRows open(TiffLayout layout, byte[] data, int start, int end, int first, int step)
      throws ImageException;
}
