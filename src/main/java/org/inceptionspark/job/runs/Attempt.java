package org.inceptionspark.job.runs;

import org.apache.spark.SparkContext;

/**
 * Which of an application's drivers this is: YARN replaces one that died, and no two of them run at
 * once.
 *
 * @param application its id
 * @param number from 1
 */
public record Attempt(String application, int number) {
  /** A driver whose cluster has no attempts. */
  public static final Attempt ONLY = new Attempt("", 1);

  public static Attempt of(SparkContext context) {
    return context.applicationAttemptId().isEmpty()
        ? ONLY
        : new Attempt(
            context.applicationId(), Integer.parseInt(context.applicationAttemptId().get()));
  }

  /** Whether others of this application came before it. */
  public boolean isFurther() {
    return number > 1;
  }
}
