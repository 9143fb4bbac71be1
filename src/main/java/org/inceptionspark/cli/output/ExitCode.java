package org.inceptionspark.cli.output;

/** The exit codes of the process; 0 is success. */
public final class ExitCode {
  /** Wrong usage or configuration; nothing was written. */
  public static final int WRONG_USAGE = 1;

  public static final int FAILED = 2;

  /** Done, but with more bad images than allowed. */
  public static final int TOO_MANY_ERRORS = 3;

  private ExitCode() {}
}
