package org.inceptionspark.job.task;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelerStream;

/**
 * The streams of a JVM's network, a task each. A stream has more than 100 MB of buffers, so those
 * of finished tasks serve the next; there are never more than tasks at a time.
 */
final class TaskStreams {
  private final ImageLabeler labeler;
  private final Deque<LabelerStream> idle = new ArrayDeque<>();

  TaskStreams(ImageLabeler labeler) {
    this.labeler = labeler;
  }

  /** A stream for this task alone, until it ends. */
  LabelerStream take(TaskContext task, int maxBatch) {
    LabelerStream stream = idle(maxBatch);
    task.addTaskCompletionListener((TaskCompletionListener) ended -> giveBack(ended, stream));
    return stream;
  }

  /** A stream that never comes back. */
  LabelerStream own(int maxBatch) {
    return labeler.stream(maxBatch);
  }

  private synchronized LabelerStream idle(int maxBatch) {
    idle.removeIf(stream -> stream.maxBatch() != maxBatch);
    return idle.isEmpty() ? labeler.stream(maxBatch) : idle.pop();
  }

  /** Nobody knows what a failed task left in its stream. */
  private synchronized void giveBack(TaskContext ended, LabelerStream stream) {
    if (!ended.isFailed() && !ended.isInterrupted()) {
      idle.push(stream);
    }
  }
}
