package org.inceptionspark.job.failure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;

/**
 * What failed in a Spark job, and why. Spark wraps the exception of a task in up to four others,
 * some of which say the same whatever went wrong, or contain the task's stack.
 */
final class SparkFailure {
  private static final int LONGEST_CAUSE = 200;

  /** Wrappers that say nothing themselves; the cause does. */
  private static final Pattern SAYS_NOTHING =
      Pattern.compile(
          "Job aborted due to stage failure.*|Exception thrown in awaitResult.*"
              + "|\\[FAILED_TO_CREATE_PLAN_FOR_DIRECT_QUERY].*",
          Pattern.DOTALL);

  private SparkFailure() {}

  /** One line of at most {@code longest} characters, if there is a Spark failure with a cause. */
  static Optional<String> describe(Throwable failure, int longest) {
    List<Throwable> chain = Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    if (chain.size() == 1 || chain.stream().noneMatch(SparkThrowable.class::isInstance)) {
      return Optional.empty();
    }
    List<Throwable> telling = chain.stream().filter(e -> !saysNothing(e)).toList();
    String why = words(telling.get(telling.size() - 1), LONGEST_CAUSE);
    String what = words(telling.get(0), longest);
    if (what.contains(why)) {
      return Optional.of(what);
    }
    return Optional.of(words(telling.get(0), longest - why.length()) + ": " + why);
  }

  /** The innermost always says something, if only its name. */
  private static boolean saysNothing(Throwable e) {
    String message = e.getMessage();
    return e.getCause() != null
        && (message == null
            || message.equals(e.getCause().toString())
            || SAYS_NOTHING.matcher(message).matches());
  }

  private static String words(Throwable e, int longest) {
    String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : StorageFailure.oneLine(message, longest);
  }
}
