package org.inceptionspark.job.failure;

/** The source has no images, which for who waits for some is no failure. */
public final class NoImagesException extends ConfigurationException {
  private static final long serialVersionUID = 1L;

  public NoImagesException(String message) {
    super(message);
  }
}
