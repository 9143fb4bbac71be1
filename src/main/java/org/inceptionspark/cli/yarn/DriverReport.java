package org.inceptionspark.cli.yarn;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a driver says at its end, as YARN keeps it among an application's diagnostics. There the
 * command that submitted it finds it, and so does whoever looks at YARN's pages.
 *
 * @param err what the command has printed to standard error
 * @param out and to standard output
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

  /** Of an application that came to an end of its own; otherwise YARN's words, and a failure. */
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
