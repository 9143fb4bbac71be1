package org.inceptionspark.scale;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.shims.ScalaCollections;

/** Counts what Spark does while something runs: unlike times, these counts repeat. */
public final class SparkWork extends SparkListener {
  /** Goes with the jobs of what runs: a test before may still have some of its own under way. */
  private static final String MARK = "inceptionspark.test.work";

  private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
  private final AtomicLong jobs = new AtomicLong();
  private final AtomicLong tasks = new AtomicLong();
  private final AtomicLong resultBytes = new AtomicLong();
  private final AtomicLong rowsRead = new AtomicLong();
  private final AtomicLong rowsWritten = new AtomicLong();
  private final AtomicLong bytesWritten = new AtomicLong();
  private final AtomicLong rowsShuffled = new AtomicLong();
  private final AtomicLong mostShuffled = new AtomicLong();
  private final AtomicLong mapTasks = new AtomicLong();
  private final AtomicLong cpuNanos = new AtomicLong();

  private SparkWork() {}

  /**
   * What was done.
   *
   * @param resultBytes that tasks sent to the driver
   * @param rowsRead from files, by Spark
   * @param rowsWritten to files
   * @param rowsShuffled written for other tasks to read
   * @param mapTasks that wrote for other tasks: each makes files or parts of files for all of them
   * @param mostShuffled rows that one task has read of others, or written for them
   * @param cpuNanos of tasks
   * @param mostRows that any one step of a query gave
   */
  public record Counts(
      long jobs,
      long tasks,
      long resultBytes,
      long rowsRead,
      long rowsWritten,
      long bytesWritten,
      long rowsShuffled,
      long mapTasks,
      long mostShuffled,
      long cpuNanos,
      long mostRows) {}

  /** Something that throws. */
  public interface Work {
    void run() throws Exception;
  }

  /** Runs it, and counts no other jobs of the session. */
  public static Counts of(SparkSession spark, Work work) throws Exception {
    SparkWork counting = new SparkWork();
    spark.sparkContext().listenerBus().waitUntilEmpty();
    spark.sparkContext().addSparkListener(counting);
    RowsOfSteps rows = new RowsOfSteps();
    spark.listenerManager().register(rows);
    spark.sparkContext().setLocalProperty(MARK, MARK);
    try {
      work.run();
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().setLocalProperty(MARK, null);
      spark.sparkContext().removeSparkListener(counting);
      spark.listenerManager().unregister(rows);
    }
    return new Counts(
        counting.jobs.get(),
        counting.tasks.get(),
        counting.resultBytes.get(),
        counting.rowsRead.get(),
        counting.rowsWritten.get(),
        counting.bytesWritten.get(),
        counting.rowsShuffled.get(),
        counting.mapTasks.get(),
        counting.mostShuffled.get(),
        counting.cpuNanos.get(),
        rows.most());
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (job.properties() != null && job.properties().getProperty(MARK) != null) {
      jobs.incrementAndGet();
      ScalaCollections.list(job.stageIds()).forEach(stage -> stages.add((Integer) stage));
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (!stages.contains(task.stageId())) {
      return;
    }
    tasks.incrementAndGet();
    if (task.taskType().equals("ShuffleMapTask")) {
      mapTasks.incrementAndGet();
    }
    if (task.taskMetrics() != null) {
      cpuNanos.addAndGet(task.taskMetrics().executorCpuTime());
      resultBytes.addAndGet(task.taskMetrics().resultSize());
      mostShuffled.accumulateAndGet(
          Math.max(
              task.taskMetrics().shuffleReadMetrics().recordsRead(),
              task.taskMetrics().shuffleWriteMetrics().recordsWritten()),
          Math::max);
      rowsRead.addAndGet(task.taskMetrics().inputMetrics().recordsRead());
      rowsWritten.addAndGet(task.taskMetrics().outputMetrics().recordsWritten());
      bytesWritten.addAndGet(task.taskMetrics().outputMetrics().bytesWritten());
      rowsShuffled.addAndGet(task.taskMetrics().shuffleWriteMetrics().recordsWritten());
    }
  }
}
