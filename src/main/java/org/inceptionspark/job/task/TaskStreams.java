package org.inceptionspark.job.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.inceptionspark.labeler.BuiltNetwork;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labeler.LabelerStream;

/**
 * The streams of a JVM's network, one per task. A stream has more than 100 MB of buffers, so
 * streams of finished tasks are reused; there are never more streams than concurrent tasks.
 */
final class TaskStreams {
  private final BuiltNetwork network;
  private final Deque<LabelerStream> idle = new ArrayDeque<>();
  private int taken;

  TaskStreams(BuiltNetwork network) {
    this.network = network;
  }

  /**
   * A stream for this task alone, until it ends.
   *
   * @throws IllegalStateException if the self-check of the specification fails here
   */
  LabelerStream take(LabelerSpec spec, TaskContext task, int maxBatch) {
    ImageLabeler labeler = network.labeler(spec);
    LabelerStream stream = idle(labeler, maxBatch);
    task.addTaskCompletionListener(
        (TaskCompletionListener) ended -> giveBack(stream, endedWell(ended)));
    return stream;
  }

  /** A stream for work outside tasks, until that is done. */
  <T> T lend(LabelerSpec spec, int maxBatch, Function<LabelerStream, T> work) {
    LabelerStream stream = idle(network.labeler(spec), maxBatch);
    boolean well = false;
    try {
      T result = work.apply(stream);
      well = true;
      return result;
    } finally {
      giveBack(stream, well);
    }
  }

  /** Whether no task is using a stream. */
  synchronized boolean isUnused() {
    return taken == 0;
  }

  /** Frees the memory of finished tasks. */
  synchronized void dropIdle() {
    idle.clear();
  }

  /** Bytes that the network takes without its streams. */
  long bytes() {
    return network.bytes();
  }

  private synchronized LabelerStream idle(ImageLabeler labeler, int maxBatch) {
    idle.removeIf(stream -> stream.maxBatch() != maxBatch);
    LabelerStream stream = idle.isEmpty() ? labeler.stream(maxBatch) : labeler.stream(idle.pop());
    taken++;
    return stream;
  }

  private static boolean endedWell(TaskContext ended) {
    return !ended.isFailed() && !ended.isInterrupted();
  }

  /** After a failure, the state of a stream is unknown. */
  private synchronized void giveBack(LabelerStream stream, boolean well) {
    taken--;
    if (well) {
      idle.push(stream);
    }
  }
}
