package org.inceptionspark.job.task;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.inceptionspark.job.transfer.JavaBytes;
import org.inceptionspark.shims.SerializedBroadcast;
import org.inceptionspark.weights.ModelWeights;

/**
 * Weights that were broadcast to executors: once in an application, however many specifications use
 * them. Spark drops them on all machines when the driver no longer refers to this object.
 */
final class BroadcastWeights implements ModelWeights.Source {
  private static final long serialVersionUID = 1L;
  private static final Map<Key, WeakReference<BroadcastWeights>> SENT = new ConcurrentHashMap<>();

  private final Broadcast<byte[]> bytes;

  private BroadcastWeights(Broadcast<byte[]> bytes) {
    this.bytes = bytes;
  }

  /** A broadcast does not outlive its application; the variant includes what a user knew better. */
  private record Key(String application, String fingerprint) {}

  /**
   * Sends weights unless they have been. They are sent in Java's serialised form whatever {@code
   * spark.serializer} is; the driver keeps only that form, which Spark can move to disk.
   */
  static synchronized BroadcastWeights of(JavaSparkContext context, ModelWeights weights) {
    SENT.values().removeIf(reference -> reference.get() == null);
    Key key = new Key(context.sc().applicationId(), weights.fingerprint());
    WeakReference<BroadcastWeights> reference = SENT.get(key);
    BroadcastWeights sent = reference == null ? null : reference.get();
    if (sent == null) {
      sent = new BroadcastWeights(SerializedBroadcast.of(context, JavaBytes.ofLarge(weights)));
      SENT.put(key, new WeakReference<>(sent));
    }
    return sent;
  }

  @Override
  public ModelWeights weights() {
    return JavaBytes.value(bytes.value());
  }

  /** Frees the executors' copies; they are fetched again if needed. */
  void unpersist() {
    bytes.unpersist();
  }
}
