package org.inceptionspark.job.failure;

import java.io.FileNotFoundException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Why Spark did not start. It reports wrong settings by exceptions of all kinds, whose innermost
 * message names the setting or file; {@link StorageFailure} would only say "not found".
 */
public final class StartFailure {
  private static final int LONGEST = 300;

  /**
   * Host names that URLs do not allow: with underscores, or a last part that begins with a digit.
   */
  private static final String NO_HOST = "Invalid Spark URL: ";

  private static final List<Class<? extends Throwable>> WRONG_SETTINGS =
      List.of(
          IllegalArgumentException.class,
          FileNotFoundException.class,
          ClassNotFoundException.class);

  private StartFailure() {}

  /**
   * What to throw when a session does not start: a {@link ConfigurationException} where retrying
   * will not help, else the same.
   */
  public static RuntimeException of(Exception failure) {
    List<Throwable> chain = chain(failure);
    if (isOfSettings(chain)) {
      return new ConfigurationException("Spark does not start: " + why(chain), failure);
    }
    return failure instanceof RuntimeException same
        ? same
        : new IllegalStateException(why(chain), failure);
  }

  /**
   * What to throw when a cluster does not accept an application.
   *
   * @throws ConfigurationException if retrying will not help
   */
  public static RunException ofSubmission(Throwable failure) {
    List<Throwable> chain = chain(failure);
    String message = "not submitted: " + why(chain);
    if (isOfSettings(chain)) {
      throw new ConfigurationException(message, failure);
    }
    return new RunException(message, failure);
  }

  private static List<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
  }

  private static boolean isOfSettings(List<Throwable> chain) {
    return chain.stream()
            .anyMatch(e -> WRONG_SETTINGS.stream().anyMatch(type -> type.isInstance(e)))
        || why(chain).startsWith(NO_HOST);
  }

  private static String why(List<Throwable> chain) {
    String why = words(chain.get(chain.size() - 1));
    return why + advice(why);
  }

  private static String words(Throwable e) {
    String type = e.getClass().getSimpleName();
    String message = e.getMessage();
    if (message == null) {
      return type;
    }
    String line = StorageFailure.oneLine(message, LONGEST);
    return e instanceof ClassNotFoundException ? "class " + line + " not found" : line;
  }

  private static String advice(String why) {
    return why.startsWith(NO_HOST)
        ? ": this machine's name has a character that names of hosts cannot have; set"
            + " SPARK_LOCAL_HOSTNAME=localhost, or on a cluster SPARK_LOCAL_IP"
        : "";
  }
}
