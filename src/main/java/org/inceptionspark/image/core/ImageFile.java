package org.inceptionspark.image.core;

import java.io.IOException;
import java.util.Optional;

/** One file whose header has been read. The sizes are those that decoding will allocate. */
public interface ImageFile {
  int width();

  int height();

  /** The EXIF or TIFF orientation, 1 to 8; 1 where the file says nothing valid. */
  int orientation();

  /** The stored pixels, not turned. Whatever a decoder throws is turned into an error kind. */
  RgbImage pixels() throws IOException, ImageException;

  /**
   * The same picture in one of so many pixels a side, rounded up, if its coding gives that without
   * decoding the rest.
   *
   * @param divisor 2, 4 or 8
   */
  default Optional<ImageFile> reduced(int divisor) {
    return Optional.empty();
  }

  /** Only the pixels of a grid on the stored picture; a file may know how to keep no others. */
  default RgbImage pixels(PixelGrid grid) throws IOException, ImageException {
    return grid.pick(pixels());
  }
}
