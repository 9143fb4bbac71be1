package org.inceptionspark.job.failure;

/**
 * What was asked for cannot be done as asked, and trying again will not help: an input that is not
 * there, an output that holds something, weights of another network. The message is one line.
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
