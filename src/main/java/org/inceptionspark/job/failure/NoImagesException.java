package org.inceptionspark.job.failure;

/** The source has no images, which is not a failure for a caller that waits for some. */
public final class NoImagesException extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  public NoImagesException(String message) {
    super(message);
  }
}
