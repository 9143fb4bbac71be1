package org.inceptionspark.job.task;

import java.time.Duration;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.task.WorkMeter.Activity;
import org.inceptionspark.labeler.ImageError;
import org.inceptionspark.labeler.StreamTimes;

/** Measures one task, for the counters of its run and the meter of its JVM. */
final class TaskMeter {
  private final TaskCounters run;
  private final WorkMeter jvm = WorkMeter.ofThisJvm();
  private StreamTimes before;

  /**
   * @param before the stream's times from other tasks
   */
  TaskMeter(TaskCounters run, StreamTimes before) {
    this.run = run;
    this.before = before;
  }

  /**
   * @param error null if the image is labelled
   */
  void count(SourceImage image, ImageError error) {
    Outcome outcome = error == null ? Outcome.LABELLED : Outcome.valueOf(error.kind());
    run.count(image.length(), outcome);
    jvm.count(image.length(), outcome);
  }

  void waited(long nanoseconds) {
    spent(Activity.WAIT, Duration.ofNanos(nanoseconds));
  }

  /**
   * @param total since the stream was made
   */
  void worked(StreamTimes total) {
    spent(Activity.DECODE, total.decode().minus(before.decode()));
    spent(Activity.FORWARD, total.forward().minus(before.forward()));
    before = total;
  }

  private void spent(Activity activity, Duration time) {
    double seconds = time.toNanos() / 1e9;
    run.spent(activity, seconds);
    jvm.spent(activity, seconds);
  }
}
