package org.inceptionspark.job.runs;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Hears of the end of the JVM by a signal, as of Ctrl-C or a scheduler that has waited long enough,
 * before Spark and Hadoop close what a last word needs.
 */
public final class Interruption implements AutoCloseable {
  /** Spark stops its context at 40 above Hadoop's file systems. */
  private static final int BEFORE_SPARK = FileSystem.SHUTDOWN_HOOK_PRIORITY + 60;

  private final Runnable hook;
  private volatile boolean happened;

  Interruption(Runnable lastWord) {
    this.hook =
        () -> {
          happened = true;
          lastWord.run();
        };
  }

  void watch() {
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK);
  }

  boolean happened() {
    return happened;
  }

  @Override
  public void close() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
