package org.inceptionspark.job.task;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.task.WorkMeter.Activity;

/**
 * What the tasks of a run have done so far, for the progress line, Spark's UI and its metrics.
 * Tasks that run twice count twice here; the run's record has the exact counts.
 *
 * @param images of any outcome
 * @param errors of those, without labels
 * @param bytes of those images, as listed
 * @param errorsByKind each kind of error
 * @param seconds of the tasks' own threads, by activity
 */
public record TaskCounters(
    LongAccumulator images,
    LongAccumulator errors,
    LongAccumulator bytes,
    Map<Outcome, LongAccumulator> errorsByKind,
    Map<Activity, DoubleAccumulator> seconds)
    implements Serializable {
  private static volatile TaskCounters followed;

  /** From now on the driver's metrics are those of this run. */
  void follow() {
    followed = this;
  }

  /** Those of the current or last run; null if there was none. */
  public static TaskCounters ofTheRun() {
    return followed;
  }

  void count(long length, Outcome outcome) {
    images.add(1);
    bytes.add(length);
    errors.add(outcome == Outcome.LABELLED ? 0 : 1);
    if (outcome != Outcome.LABELLED) {
      errorsByKind.get(outcome).add(1);
    }
  }

  void spent(Activity activity, double time) {
    seconds.get(activity).add(time);
  }

  static TaskCounters in(SparkContext context) {
    Map<Outcome, LongAccumulator> kinds = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.LABELLED) {
        kinds.put(outcome, context.longAccumulator("errors " + outcome));
      }
    }
    Map<Activity, DoubleAccumulator> seconds = new EnumMap<>(Activity.class);
    for (Activity activity : Activity.values()) {
      seconds.put(activity, context.doubleAccumulator(activity.word() + " seconds"));
    }
    return new TaskCounters(
        context.longAccumulator("images"),
        context.longAccumulator("images with errors"),
        context.longAccumulator("bytes"),
        kinds,
        seconds);
  }
}
