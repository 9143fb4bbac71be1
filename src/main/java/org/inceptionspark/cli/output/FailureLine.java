package org.inceptionspark.cli.output;

import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Turns a failure into one line and an exit code; the stack trace goes to the log at debug level.
 */
public final class FailureLine implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailureLine.class);

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments) {
    LOG.debug("command failed", e);
    command.getErr().println(of(command, StorageFailure.describe(e)));
    return e instanceof ConfigurationException ? ExitCode.WRONG_USAGE : ExitCode.FAILED;
  }

  /** Handles what no command catches; returns the exit code. */
  public static int of(Error e, CommandLine command) {
    LOG.debug("command failed", e);
    command.getErr().println(of(command, StorageFailure.describe(e)));
    return ExitCode.FAILED;
  }

  public static String of(CommandLine command, String message) {
    String line = message.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
    return command.getCommandSpec().qualifiedName() + ": " + Secrets.masked(line);
  }
}
