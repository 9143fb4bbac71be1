package org.inceptionspark.job.task;

import java.io.Serializable;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labeler.LabelerStream;
import org.inceptionspark.weights.ModelWeights;

/**
 * A model as it is sent to tasks. Its specification, a few kB, travels with each task; its weights
 * go once to each executor ({@link BroadcastWeights}), or not at all if tasks run in the driver's
 * JVM ({@link DriverWeights}). Each JVM builds one network from the weights, on first use, for all
 * users ({@link JvmNetworks}).
 */
public final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Models of runs whose tasks are in the driver's JVM, until the run releases them. */
  private static final Set<SharedModel> OF_RUNS = ConcurrentHashMap.newKeySet();

  private final String id = UUID.randomUUID().toString();
  private final LabelerSpec spec;
  private final ModelWeights.Source weights;

  private SharedModel(LabelerSpec spec, ModelWeights.Source weights) {
    this.spec = spec.weightsAt(weights);
    this.weights = weights;
  }

  /**
   * A model that may be used as long as it is referenced.
   *
   * @param spec built here, so that errors in it are reported here
   * @param again how to read the same weights, if they are needed a second time
   * @throws IllegalStateException if the network cannot be built as demanded
   */
  public static SharedModel of(
      JavaSparkContext context, LabelerSpec spec, Supplier<ModelWeights> again) {
    return context.isLocal() ? here(spec, again) : sent(context, spec);
  }

  /**
   * A model for a run, which must release it and keeps its specification until then.
   *
   * @throws IllegalStateException if the network cannot be built as demanded
   */
  static SharedModel ofRun(JavaSparkContext context, LabelerSpec spec) {
    SharedModel shared = of(context, spec, spec::weights);
    if (context.isLocal()) {
      OF_RUNS.add(shared);
    }
    return shared;
  }

  /** Models of runs that have not released them, in this JVM. */
  static int ofRuns() {
    return OF_RUNS.size();
  }

  /** Nothing is serialised, or checked against another JVM. */
  private static SharedModel here(LabelerSpec spec, Supplier<ModelWeights> again) {
    JvmNetworks.ofThisJvm().of(spec);
    return new SharedModel(spec, DriverWeights.of(again));
  }

  /** The driver needs a network only for the self-check of the others. */
  private static SharedModel sent(JavaSparkContext context, LabelerSpec spec) {
    ImageLabeler.createReference(spec);
    return new SharedModel(spec, BroadcastWeights.of(context, spec.weights()));
  }

  /** Equal for copies of this model in any JVM, and only for those. */
  public String id() {
    return id;
  }

  /** The identity of the numbers, as in the table's column {@code model}. */
  public String fingerprint() {
    return spec.fingerprint();
  }

  /** The stream of a task, exclusively until the task ends. */
  public LabelerStream stream(TaskContext task, int batch) {
    return network().take(spec, task, batch);
  }

  /** Works with a stream outside tasks; nothing of the stream may be used afterwards. */
  public <T> T lend(int batch, Function<LabelerStream, T> work) {
    return network().lend(spec, batch, work);
  }

  /**
   * @throws IllegalStateException if it was released
   */
  private TaskStreams network() {
    if (weights instanceof DriverWeights here) {
      here.requireOpen();
    }
    return JvmNetworks.ofThisJvm().of(spec);
  }

  /** Frees the executors' copies of the weights, and this JVM's network. */
  void release() {
    OF_RUNS.remove(this);
    if (weights instanceof DriverWeights here) {
      here.close();
      JvmNetworks.ofThisJvm().release(spec);
    } else {
      ((BroadcastWeights) weights).unpersist();
    }
  }
}
