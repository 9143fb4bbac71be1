package org.inceptionspark.image.core;

import java.io.IOException;
import java.util.Optional;

/** One file whose header has been read. The sizes are those that decoding will allocate. */
public interface ImageFile {
  int width();

  int height();

  /** The EXIF or TIFF orientation, 1 to 8; 1 where the file has no valid one. */
  int orientation();

  /** The stored pixels, not rotated. Whatever a decoder throws becomes an error kind. */
  RgbImage pixels() throws IOException, ImageException;

  /**
   * The same picture with both sides divided, rounded up, if the coding can give that without
   * decoding the rest.
   *
   * @param divisor 2, 4 or 8
   */
  default Optional<ImageFile> reduced(int divisor) {
    return Optional.empty();
  }

  /**
   * Only the pixels of a grid on the stored picture; implementations may avoid keeping the others.
   */
  default RgbImage pixels(PixelGrid grid) throws IOException, ImageException {
    return grid.pick(pixels());
  }
}
