package org.inceptionspark.job.storage;

/**
 * Paths taken literally. Spark's reader takes {@code labels[1]} as a pattern, which matches another
 * directory, {@code labels1}; its writer does not.
 */
public final class LiteralPaths {
  private LiteralPaths() {}

  /** A path for Spark's reader that stands for the one file or directory of this name. */
  public static String of(String path) {
    return path.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
  }

  /** The same for each path. */
  public static String[] of(String... paths) {
    String[] literal = new String[paths.length];
    for (int i = 0; i < paths.length; i++) {
      literal[i] = of(paths[i]);
    }
    return literal;
  }
}
