package org.inceptionspark.job;

/** The bytes came with the row; a row without them is an empty image. */
final class ContentReader implements ImageReader {
  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = {};

  @Override
  public byte[] read(SourceImage image) {
    return image.content() == null ? NOTHING : image.content();
  }
}
