package org.inceptionspark.job.task;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inceptionspark.labeler.BuiltNetwork;
import org.inceptionspark.labeler.LabelerSpec;

/**
 * The networks of this JVM: one for each combination of weights and options. Those that no task
 * uses may take a {@value #SHARE}th of the heap together; beyond that the least recently used are
 * dropped, and rebuilt when needed. Only the most recently requested network keeps memory for
 * further tasks.
 */
final class JvmNetworks {
  private static final int SHARE = 8;
  private static final JvmNetworks OF_THIS_JVM =
      new JvmNetworks(Runtime.getRuntime().maxMemory() / SHARE);

  private final long unusedBytes;
  private final Map<String, TaskStreams> networks = new LinkedHashMap<>(4, 0.75f, true);

  /**
   * @param unusedBytes limit for networks that no task uses, besides the last requested one
   */
  JvmNetworks(long unusedBytes) {
    this.unusedBytes = unusedBytes;
  }

  static JvmNetworks ofThisJvm() {
    return OF_THIS_JVM;
  }

  /** The network of a specification; built if necessary, while other requests wait. */
  synchronized TaskStreams of(LabelerSpec spec) {
    TaskStreams found = networks.get(spec.network());
    if (found == null) {
      makeRoom();
      found = new TaskStreams(BuiltNetwork.of(spec));
      networks.put(spec.network(), found);
    }
    for (TaskStreams other : networks.values()) {
      if (other != found) {
        other.dropIdle();
      }
    }
    return found;
  }

  /** Drops a network that its last user has released, unless a task uses it. */
  synchronized void release(LabelerSpec spec) {
    TaskStreams found = networks.get(spec.network());
    if (found != null && found.isUnused()) {
      networks.remove(spec.network());
    }
  }

  /** How many there are. */
  synchronized int size() {
    return networks.size();
  }

  private void makeRoom() {
    long bytes =
        networks.values().stream()
            .filter(TaskStreams::isUnused)
            .mapToLong(TaskStreams::bytes)
            .sum();
    Iterator<TaskStreams> longestUnused = networks.values().iterator();
    while (bytes > unusedBytes && longestUnused.hasNext()) {
      TaskStreams next = longestUnused.next();
      if (next.isUnused()) {
        longestUnused.remove();
        bytes -= next.bytes();
      }
    }
  }
}
