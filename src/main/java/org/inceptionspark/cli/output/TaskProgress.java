package org.inceptionspark.cli.output;

import java.io.PrintWriter;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Shows how many tasks of Spark's current work are done, for work not counted in images. */
public final class TaskProgress extends SparkListener implements AutoCloseable {
  private final SparkContext context;
  private final ProgressLine line;
  private final String what;
  private int total;
  private int done;

  private TaskProgress(SparkContext context, PrintWriter out, String what) {
    this.context = context;
    this.line = ProgressLine.to(out);
    this.what = what;
  }

  /**
   * @param what the activity, such as {@code searching}
   */
  public static TaskProgress show(SparkSession spark, PrintWriter out, String what) {
    TaskProgress progress = new TaskProgress(spark.sparkContext(), out, what);
    spark.sparkContext().addSparkListener(progress);
    return progress;
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
    total += stage.stageInfo().numTasks();
    report();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    done++;
    report();
  }

  private void report() {
    line.show(what + ": " + done + " of " + total + " tasks");
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
    line.close();
  }
}
