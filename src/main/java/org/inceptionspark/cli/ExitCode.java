package org.inceptionspark.cli;

/** What the process says to whoever started it; 0 is success. */
final class ExitCode {
  /** Wrong usage or configuration; nothing was written. */
  static final int WRONG_USAGE = 1;

  static final int FAILED = 2;

  /** Done, but with more bad images than allowed. */
  static final int TOO_MANY_ERRORS = 3;

  private ExitCode() {}
}
