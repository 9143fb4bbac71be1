package org.inceptionspark.job.failure;

import java.io.IOException;

/** Storage or Spark failed; the message says in one line what was wanted and what went wrong. */
public class RunException extends IOException {
  private static final long serialVersionUID = 1L;

  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
