package org.inceptionspark.cli.yarn;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.cli.output.ProgressLine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process in which a command runs: where it prints, and how it reports its exit code. */
public final class Driver {
  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
  private static final int DONE = 0;

  private final Transcript outText = transcript(System.out);
  private final Transcript errText = transcript(System.err);
  private final PrintWriter out = new PrintWriter(outText, true);
  private final PrintWriter err = new PrintWriter(errText, true);

  private static Transcript transcript(OutputStream stream) {
    return new Transcript(
        new OutputStreamWriter(stream, StandardCharsets.UTF_8), DriverReport.LONGEST);
  }

  public PrintWriter out() {
    return out;
  }

  public PrintWriter err() {
    return err;
  }

  public void flush() {
    out.flush();
    err.flush();
  }

  /**
   * Ends the process, or lets it end by itself on success: an exit call looks like a failure on
   * YARN. To be called when Spark's session has been stopped.
   */
  public void end(int code) {
    if (ApplicationMaster.isThisProcess()) {
      endApplication(code);
    } else if (code != DONE) {
      System.exit(code);
    }
  }

  private static String withoutProgress(String text) {
    return text.lines()
        .filter(line -> !ProgressLine.isProgress(line))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /** YARN may retry a failure, but neither success nor wrong configuration. */
  private void endApplication(int code) {
    DriverReport words = new DriverReport(withoutProgress(errText.text()), outText.text(), code);
    if (code != ExitCode.FAILED) {
      finish(code, words);
    }
    if (code != DONE) {
      throw new CommandFailed(words.diagnostics());
    }
  }

  private static void finish(int code, DriverReport words) {
    FinalApplicationStatus status =
        code == DONE ? FinalApplicationStatus.SUCCEEDED : FinalApplicationStatus.FAILED;
    try {
      ApplicationMaster.finish(status, words.diagnostics());
    } catch (IOException | YarnException | RuntimeException e) {
      LOG.warn("YARN was not told how this ended", e);
    }
  }

  /** Spark passes the exception's text to YARN, so this consists of the message alone. */
  private static final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandFailed(String words) {
      super(words, null, false, false);
    }

    @Override
    public String toString() {
      return getMessage();
    }
  }
}
