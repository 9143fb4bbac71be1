package org.inceptionspark.cli.yarn;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A driver's final report, which YARN keeps among an application's diagnostics, for the command
 * that submitted it and for readers of YARN's pages.
 *
 * @param err the command's standard error
 * @param out its standard output
 * @param exitCode of the command
 */
record DriverReport(String err, String out, int exitCode) {
  /** YARN cuts diagnostics at 64 KB of UTF-8. */
  static final int LONGEST = 7_000;

  private static final String OUTPUT = "standard output:";
  private static final Pattern DIAGNOSTICS =
      Pattern.compile(
          "(?s)(?:User class threw exception: )?(?<err>.*?)(?:"
              + OUTPUT
              + "\\R(?<out>.*?))?exit code (?<code>\\d+)\\s*");

  String diagnostics() {
    String output = out.isBlank() ? "" : OUTPUT + "\n" + whole(out);
    return whole(err) + output + "exit code " + exitCode + "\n";
  }

  private static String whole(String lines) {
    return lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
  }

  /** The report of an application that ended by itself; otherwise YARN's message, and a failure. */
  static DriverReport of(String diagnostics, int otherwise) {
    Matcher matcher = DIAGNOSTICS.matcher(diagnostics);
    if (!matcher.matches()) {
      return new DriverReport(diagnostics, "", otherwise);
    }
    String out = matcher.group("out");
    return new DriverReport(
        matcher.group("err"), out == null ? "" : out, Integer.parseInt(matcher.group("code")));
  }
}
