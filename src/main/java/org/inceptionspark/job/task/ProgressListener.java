package org.inceptionspark.job.task;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.inceptionspark.shims.ScalaCollections;
import scala.collection.Iterable;

/**
 * Follows the {@link TaskCounters} of running tasks, which executors report with each heartbeat,
 * and of tasks that succeeded.
 */
final class ProgressListener extends SparkListener {
  private final long imagesId;
  private final long errorsId;
  private OptionalLong total = OptionalLong.empty();
  private final Consumer<Progress> consumer;
  private final long start = System.nanoTime();
  private final Map<Long, Counts> running = new HashMap<>();
  private Counts ended = new Counts(0, 0);

  private record Counts(long images, long errors) {
    Counts plus(Counts other) {
      return new Counts(images + other.images, errors + other.errors);
    }
  }

  ProgressListener(TaskCounters counters, Consumer<Progress> consumer) {
    this.imagesId = counters.images().id();
    this.errorsId = counters.errors().id();
    this.consumer = consumer;
  }

  /** Announces this number of further images. */
  synchronized void expect(long images) {
    total = OptionalLong.of(total.orElse(0) + images);
  }

  @Override
  public synchronized void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (var task : ScalaCollections.list(update.accumUpdates())) {
      running.merge((Long) task._1(), counts(task._4()), ProgressListener::most);
    }
    report();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    running.remove(end.taskInfo().taskId());
    if (end.taskInfo().successful()) {
      ended = ended.plus(counts(end.taskInfo().accumulables()));
    }
    report();
  }

  private static Counts most(Counts one, Counts other) {
    return one.images() > other.images() ? one : other;
  }

  private Counts counts(Iterable<AccumulableInfo> infos) {
    long images = 0;
    long errors = 0;
    for (AccumulableInfo info : ScalaCollections.<AccumulableInfo>list(infos)) {
      if (info.update().isDefined() && info.id() == imagesId) {
        images = (Long) info.update().get();
      } else if (info.update().isDefined() && info.id() == errorsId) {
        errors = (Long) info.update().get();
      }
    }
    return new Counts(images, errors);
  }

  private void report() {
    Counts now = running.values().stream().reduce(ended, Counts::plus);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    consumer.accept(new Progress(now.images(), now.errors(), total, elapsed));
  }
}
