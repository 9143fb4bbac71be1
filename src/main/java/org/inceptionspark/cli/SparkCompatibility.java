package org.inceptionspark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import org.inceptionspark.shims.ScalaLine;
import org.inceptionspark.shims.SparkLine;

/**
 * Whether this jar was built for the Spark that it runs on. Checked before everything else, from
 * files rather than classes: with a class of another line of Spark, the program would end in a
 * NoSuchMethodError.
 *
 * @param spark version of Spark, such as {@code 4.1.0}
 * @param scala version of Scala, such as {@code 2.13.17}
 * @param java major version of Java
 */
record SparkCompatibility(String spark, String scala, int java) {
  /** Java removed what Hadoop called, {@code Subject.getSubject}; Spark 4.2 does not need it. */
  private static final int JAVA_WITHOUT_SUBJECT = 24;

  /** The versions on the class path; empty if unknown. */
  static Optional<SparkCompatibility> found() {
    Optional<String> spark = property("spark-version-info.properties", "version");
    Optional<String> scala = property("library.properties", "version.number");
    return spark.flatMap(
        version ->
            scala.map(of -> new SparkCompatibility(version, of, Runtime.version().feature())));
  }

  private static Optional<String> property(String file, String name) {
    try (InputStream in = SparkCompatibility.class.getResourceAsStream("/" + file)) {
      if (in == null) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.load(in);
      return Optional.ofNullable(properties.getProperty(name));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The mismatch in one line; empty if everything fits. */
  Optional<String> problem() {
    return problem(SparkLine.OLDEST, ScalaLine.VERSION);
  }

  /**
   * @param line the Spark that the jar is built for: {@code 4.1}, which serves all later ones of 4,
   *     or just {@code 4.0} or {@code 3.5}
   * @param scalaLine the Scala that it is built for
   */
  Optional<String> problem(String line, String scalaLine) {
    if (!serves(line) || !(scala + ".").startsWith(scalaLine + ".")) {
      return Optional.of(
          "this jar is built for Spark "
              + line
              + (openEnded(line) ? " and later" : "")
              + " with Scala "
              + scalaLine
              + "; found: Spark "
              + spark
              + " with Scala "
              + scala
              + "; see Which Spark in docs/running.md");
    }
    if (java >= JAVA_WITHOUT_SUBJECT && !isAtLeast(4, 2)) {
      return Optional.of(
          "Spark "
              + spark
              + " does not run on Java "
              + java
              + "; needed: Java 17 or 21, or Spark 4.2 and later");
    }
    return Optional.empty();
  }

  private boolean serves(String line) {
    int[] found = numbers(spark);
    int[] built = numbers(line);
    return found[0] == built[0] && (openEnded(line) ? found[1] >= built[1] : found[1] == built[1]);
  }

  /** The newest line calls nothing that later versions have removed. */
  private static boolean openEnded(String line) {
    return line.equals("4.1");
  }

  private boolean isAtLeast(int major, int minor) {
    int[] found = numbers(spark);
    return found[0] > major || found[0] == major && found[1] >= minor;
  }

  /** Major and minor of a version; vendors append to it, as in {@code 3.5.3-amzn-1}. */
  private static int[] numbers(String version) {
    String[] parts = version.split("[^0-9]+", 3);
    return new int[] {number(parts, 0), number(parts, 1)};
  }

  private static int number(String[] parts, int index) {
    return index < parts.length && !parts[index].isEmpty() ? Integer.parseInt(parts[index]) : -1;
  }
}
