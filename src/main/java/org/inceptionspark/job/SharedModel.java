package org.inceptionspark.job;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.broadcast.Broadcast;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * A model on its way to the executors: its specification is broadcast, and each JVM builds one
 * network of it, on first use, for all tasks.
 */
final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Runs side by side in one application may use different models; more than two are rebuilt. */
  private static final int KEPT = 2;

  private static final Map<String, ImageLabeler> LABELERS =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ImageLabeler> eldest) {
          return size() > KEPT;
        }
      };

  /** Neither a broadcast's id nor the fingerprint would do: one is reused, one covers less. */
  private final String key = UUID.randomUUID().toString();

  private final Broadcast<LabelerSpec> spec;

  SharedModel(Broadcast<LabelerSpec> spec) {
    this.spec = spec;
  }

  /** The labeler of this JVM. */
  ImageLabeler labeler() {
    synchronized (LABELERS) {
      return LABELERS.computeIfAbsent(key, absent -> ImageLabeler.create(spec.value()));
    }
  }

  /** Frees the executors' copies of the specification. */
  void release() {
    spec.unpersist();
  }
}
