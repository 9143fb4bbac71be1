package org.inceptionspark.job.task;

import org.inceptionspark.job.listing.SourceImage;

/** The bytes came with the row; a row without them is an empty image. */
public final class ContentReader implements ImageReader {
  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = {};

  @Override
  public byte[] read(SourceImage image) {
    return image.content() == null ? NOTHING : image.content();
  }
}
