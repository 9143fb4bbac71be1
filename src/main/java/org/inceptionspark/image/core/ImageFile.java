package org.inceptionspark.image.core;

import java.io.IOException;

/** One file whose header has been read. The sizes are those that decoding will allocate. */
public interface ImageFile {
  int width();

  int height();

  /** The EXIF or TIFF orientation, 1 to 8; 1 where the file says nothing valid. */
  int orientation();

  /** The stored pixels, not turned. Whatever a decoder throws is turned into an error kind. */
  RgbImage pixels() throws IOException, ImageException;

  /** Only the pixels of a grid on the stored picture; a file may know how to keep no others. */
  default RgbImage pixels(PixelGrid grid) throws IOException, ImageException {
    return grid.pick(pixels());
  }
}
