package org.inceptionspark.job.task;

import java.io.IOException;
import java.io.Serializable;
import org.inceptionspark.job.listing.SourceImage;

/** Gets at the bytes of an image. Used by several threads at once. */
public interface ImageReader extends Serializable {
  /**
   * @throws IOException if storage does not give all bytes of this version of the object
   */
  byte[] read(SourceImage image) throws IOException;
}
