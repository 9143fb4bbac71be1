package org.inceptionspark.job.task;

import java.io.IOException;
import java.io.Serializable;
import org.inceptionspark.job.listing.SourceImage;

/** Reads the bytes of images. Thread-safe. */
public interface ImageReader extends Serializable {
  /**
   * @throws IOException if storage does not give all bytes of this version of the object
   */
  byte[] read(SourceImage image) throws IOException;

  /**
   * Some bytes of the packed file that contains an image, with one request.
   *
   * @throws IOException if storage does not give all of them of this version of the file
   */
  default byte[] readRange(SourceImage image, long from, int count) throws IOException {
    throw new UnsupportedOperationException("no packed files");
  }
}
