package org.inceptionspark.job.task;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.spark.api.java.JavaSparkContext;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * The model of a run, prepared in a thread of its own while the driver lists and plans: building a
 * network takes one core a second or two. The owner must close it; then the network is released and
 * the thread has ended, even if the model was never used.
 */
public final class PreparedModel implements AutoCloseable {
  static final String THREAD = "prepare-model";

  private final LabelerSpec spec;
  private final FutureTask<SharedModel> work;
  private final Thread thread;

  /** Nothing happens before {@link #start} or {@link #await}. */
  public PreparedModel(JavaSparkContext context, LabelerSpec spec) {
    this(spec, () -> SharedModel.ofRun(context, spec));
  }

  public PreparedModel(LabelerSpec spec, Callable<SharedModel> work) {
    this.spec = spec;
    this.work = new FutureTask<>(work);
    this.thread = new Thread(this.work, THREAD);
    this.thread.setDaemon(true);
  }

  public LabelerSpec spec() {
    return spec;
  }

  /** To be called when there is probably something to label; idempotent. */
  public void start() {
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  /**
   * Waits until it is ready.
   *
   * @throws RuntimeException as thrown by {@link SharedModel#ofRun}
   */
  SharedModel await() {
    start();
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the network was built", e);
    }
  }

  private static RuntimeException thrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }

  /** Waits for the thread, even if interrupted: a network cannot be left half built. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (work.isDone()) {
      release();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void release() {
    try {
      work.get().release();
    } catch (ExecutionException | InterruptedException e) {
      return; // there is no model; the reason has been reported to its users
    }
  }
}
