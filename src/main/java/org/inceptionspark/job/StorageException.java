package org.inceptionspark.job;

import java.io.IOException;

/** Storage failed; the message says in one line what was wanted and what went wrong. */
final class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  StorageException(String message, Throwable cause) {
    super(message, cause);
  }
}
