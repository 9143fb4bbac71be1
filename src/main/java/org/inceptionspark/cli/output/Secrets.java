package org.inceptionspark.cli.output;

import java.util.regex.Pattern;

/** Keeps secrets out of logs, messages and records. */
public final class Secrets {
  private static final String MASK = "***";

  /**
   * {@code scheme://key:secret@host}: Hadoop no longer accepts these, but people still write them.
   */
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*:[^@\\s]*(?=@)");

  /** {@code ...secret...=value} and the query of a signed URL. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?i)((?:secret|password|token|(?:access|account)[._-]?key|signature|\\bsig|credential)[\\w.-]*\\s*[=:]\\s*)"
              + "[^\\s,;&]+");

  private Secrets() {}

  public static String masked(String text) {
    String line = USER_INFO.matcher(text).replaceAll(MASK);
    return ASSIGNMENT.matcher(line).replaceAll("$1" + MASK);
  }
}
