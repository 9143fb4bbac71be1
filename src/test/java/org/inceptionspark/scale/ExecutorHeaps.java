package org.inceptionspark.scale;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** What executors in JVMs of their own hold at most while something runs. */
final class ExecutorHeaps {
  /** More than there are executors, and long enough that each gets some. */
  private static final int TASKS_OF_A_CORE = 4;

  private static final long MILLISECONDS = 200;

  /** Of this executor. */
  private static HeapWatch watch;

  private final JavaSparkContext context;

  private ExecutorHeaps(JavaSparkContext context) {
    this.context = context;
  }

  static ExecutorHeaps begin(SparkSession spark) {
    ExecutorHeaps heaps = new ExecutorHeaps(new JavaSparkContext(spark.sparkContext()));
    if (!heaps.context.isLocal()) {
      heaps.onEach(Asked.BEGIN);
    }
    return heaps;
  }

  /** By the names of executors; empty if there is none but the driver. */
  Map<String, Long> end() {
    return context.isLocal() ? Map.of() : onEach(Asked.END);
  }

  private enum Asked {
    BEGIN,
    END
  }

  private Map<String, Long> onEach(Asked what) {
    int tasks = TASKS_OF_A_CORE * context.defaultParallelism();
    Map<String, Long> most = new TreeMap<>();
    context
        .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
        .map(
            i -> {
              Thread.sleep(MILLISECONDS);
              return new Tuple2<>(SparkEnv.get().executorId(), asked(what));
            })
        .collect()
        .forEach(heap -> most.merge(heap._1(), heap._2(), Math::max));
    return most;
  }

  private static synchronized long asked(Asked what) throws InterruptedException {
    if (what == Asked.BEGIN && watch == null) {
      watch = HeapWatch.begin();
    } else if (what == Asked.END && watch != null) {
      watch.close();
      long bytes = watch.bytes();
      watch = null;
      return bytes;
    }
    return 0;
  }
}
