package org.inceptionspark.job.runs;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.util.SignalUtils;

/**
 * Is called when the JVM ends, as by Ctrl-C or a scheduler's SIGTERM, before Spark and Hadoop close
 * what a running commit and the last write of the record need.
 *
 * <p>Where the process is the job's, the signal itself calls it ({@link #hearSignals}): once the
 * JVM is ending, Iceberg no longer has threads to commit with. Elsewhere the JVM calls it.
 */
public final class Interruption implements AutoCloseable {
  /** Spark stops its context at 40 above Hadoop's file systems. */
  private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 60;

  /** Clusters wait half a minute, as a rule, before they kill. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private static final long HOOK_SECONDS = 60; // Hadoop would cut it short

  private static final Set<Interruption> WATCHING = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean HEARING = new AtomicBoolean();

  private final CommitGate gate;
  private final Runnable record;
  private final Runnable hook = this::end;
  private final AtomicBoolean happened = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  Interruption(CommitGate gate, Runnable record) {
    this.gate = gate;
    this.record = record;
  }

  /**
   * Hears of signals from here on; then they do what they did before. For the process of a command,
   * not for those of others, where a signal may mean something else. A second signal ends at once.
   */
  public static void hearSignals() {
    if (HEARING.compareAndSet(false, true)) {
      List.of("TERM", "INT", "HUP").forEach(Interruption::hear);
    }
  }

  private static void hear(String signal) {
    SignalUtils.register(
        signal,
        () -> {
          WATCHING.forEach(Interruption::end);
          return false; // not handled with that
        });
  }

  void watch() {
    WATCHING.add(this);
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK, HOOK_SECONDS, TimeUnit.SECONDS);
  }

  private void end() {
    if (happened.compareAndSet(false, true)) {
      gate.shut();
      record.run();
      gate.awaitEnd(PATIENCE);
      ended.countDown();
    }
  }

  boolean happened() {
    return happened.get();
  }

  /** So that a process that a signal ends has the exit code of the signal. */
  void awaitRecord() {
    try {
      if (happened()) {
        ended.await(HOOK_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    WATCHING.remove(this);
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
