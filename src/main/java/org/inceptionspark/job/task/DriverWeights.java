package org.inceptionspark.job.task;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.inceptionspark.weights.ModelWeights;

/**
 * Weights that the driver has or can read again, for tasks that run in its JVM: only a key is sent,
 * which deserialises to this same object. It lives as long as the driver refers to it, for example
 * from a query plan.
 */
final class DriverWeights implements ModelWeights.Source {
  private static final long serialVersionUID = 1L;
  private static final Map<String, WeakReference<DriverWeights>> OPEN = new ConcurrentHashMap<>();

  private final String name = UUID.randomUUID().toString();
  private transient volatile Supplier<ModelWeights> read;

  private DriverWeights(Supplier<ModelWeights> read) {
    this.read = read;
  }

  static DriverWeights of(Supplier<ModelWeights> read) {
    OPEN.values().removeIf(reference -> reference.get() == null);
    DriverWeights here = new DriverWeights(read);
    OPEN.put(here.name, new WeakReference<>(here));
    return here;
  }

  /**
   * @throws IllegalStateException if it is closed
   */
  void requireOpen() {
    if (read == null) {
      throw new IllegalStateException("the run of this task has ended");
    }
  }

  @Override
  public ModelWeights weights() {
    requireOpen();
    return read.get();
  }

  void close() {
    read = null;
    OPEN.remove(name);
  }

  private Object readResolve() throws ObjectStreamException {
    WeakReference<DriverWeights> reference = OPEN.get(name);
    DriverWeights here = reference == null ? null : reference.get();
    if (here == null) {
      throw new InvalidObjectException("the run of this task has ended");
    }
    return here;
  }
}
