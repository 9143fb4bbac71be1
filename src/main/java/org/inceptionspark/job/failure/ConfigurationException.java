package org.inceptionspark.job.failure;

/**
 * The request cannot be carried out as given, and trying again will not help: a missing input, an
 * output that already exists, weights of another network. The message is one line.
 */
public class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
