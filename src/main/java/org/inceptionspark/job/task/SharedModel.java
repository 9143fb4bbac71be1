package org.inceptionspark.job.task;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.inceptionspark.job.transfer.JavaBytes;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labeler.LabelerStream;

/**
 * A model on its way to the executors: its specification is broadcast, and each JVM builds one
 * network of it, on first use, for all tasks. The driver builds one too, for the self-check; where
 * tasks run in the driver's JVM, it is theirs.
 */
public final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Runs side by side in one application may use different models; more than two are rebuilt. */
  private static final int KEPT = 2;

  private static final Map<String, TaskStreams> MODELS =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TaskStreams> eldest) {
          return size() > KEPT;
        }
      };

  /** Of runs whose tasks are in the driver's JVM: there until the run releases them. */
  private static final Map<String, TaskStreams> OF_RUNS = new ConcurrentHashMap<>();

  /** Neither a broadcast's id nor the fingerprint would do: one is reused, one covers less. */
  private final String key = UUID.randomUUID().toString();

  /** Null if the model goes nowhere. */
  private final Broadcast<byte[]> spec;

  private SharedModel(Broadcast<byte[]> spec) {
    this.spec = spec;
  }

  /**
   * Sends a specification to the executors, in Java's serialised form whatever {@code
   * spark.serializer} is: a specification carries its self-check only in that form.
   */
  public static SharedModel broadcast(JavaSparkContext context, LabelerSpec spec) {
    ImageLabeler reference = ImageLabeler.createReference(spec);
    SharedModel shared = new SharedModel(context.broadcast(JavaBytes.of(spec)));
    if (context.isLocal()) {
      synchronized (MODELS) {
        MODELS.put(shared.key, new TaskStreams(reference));
      }
    }
    return shared;
  }

  /**
   * A model for a run, which releases it. Where tasks run in the driver's JVM, nothing is written
   * out or checked against another JVM: they get the network that is built here.
   *
   * @throws IllegalStateException if the network cannot be built as demanded
   */
  static SharedModel ofRun(JavaSparkContext context, LabelerSpec spec) {
    if (!context.isLocal()) {
      return broadcast(context, spec);
    }
    SharedModel shared = new SharedModel(null);
    OF_RUNS.put(shared.key, new TaskStreams(ImageLabeler.create(spec)));
    return shared;
  }

  /** The stream of a task, which has it to itself until it ends. */
  public LabelerStream stream(TaskContext task, int batch) {
    return streams().take(task, batch);
  }

  /** Streams of the network of this JVM. */
  TaskStreams streams() {
    if (spec == null) {
      return ofRun();
    }
    synchronized (MODELS) {
      return MODELS.computeIfAbsent(
          key, absent -> new TaskStreams(ImageLabeler.create(JavaBytes.value(spec.value()))));
    }
  }

  /** Networks of runs that have not released them, in this JVM. */
  static int ofRuns() {
    return OF_RUNS.size();
  }

  private TaskStreams ofRun() {
    TaskStreams streams = OF_RUNS.get(key);
    if (streams == null) {
      throw new IllegalStateException("the run of this task has ended");
    }
    return streams;
  }

  /**
   * A stream of this JVM's network: for the current task alone until it ends, outside tasks for the
   * caller alone.
   */
  public LabelerStream stream(int maxBatch) {
    TaskContext task = TaskContext.get();
    return task == null ? streams().own(maxBatch) : streams().take(task, maxBatch);
  }

  /** Frees the executors' copies of the specification, and this JVM's network. */
  void release() {
    if (spec == null) {
      OF_RUNS.remove(key);
      return;
    }
    spec.unpersist();
    synchronized (MODELS) {
      MODELS.remove(key);
    }
  }
}
