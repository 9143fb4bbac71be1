package org.inceptionspark.job;

import java.io.IOException;

/** Storage or Spark failed; the message says in one line what was wanted and what went wrong. */
final class RunException extends IOException {
  private static final long serialVersionUID = 1L;

  RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
