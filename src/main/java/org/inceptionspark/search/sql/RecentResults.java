package org.inceptionspark.search.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.Sha256;

/**
 * The last results of this JVM. Spark evaluates a call as often as a plan names it: in a filter and
 * again in the projection above it, once for each of its fields, on each side of a batch or a
 * shuffle. An image's digest costs a thousandth of its labels, so it is asked here first. This
 * holds whatever the optimizer makes of a query, and hinders none of its rules.
 */
final class RecentResults {
  /** Of some 12 kB each: more than Spark hands from one operator to the next at a time. */
  private static final int MOST = 1000;

  /** A model, by its number in this application, and the digest of an image. */
  private record Key(String model, String sha256) {}

  private final Map<Key, CompletableFuture<LabelResult>> results =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, CompletableFuture<LabelResult>> eldest) {
          return size() > MOST;
        }
      };

  private long computed;

  /**
   * The result of an image, from before or from the function; who asks for an image that is being
   * computed waits for it.
   */
  LabelResult of(String model, byte[] image, Function<byte[], LabelResult> label) {
    Key key = new Key(model, Sha256.of(image));
    CompletableFuture<LabelResult> mine = new CompletableFuture<>();
    CompletableFuture<LabelResult> other;
    synchronized (results) {
      other = results.putIfAbsent(key, mine);
      computed += other == null ? 1 : 0;
    }
    if (other != null) {
      return other.join();
    }
    try {
      mine.complete(label.apply(image));
      return mine.join();
    } catch (RuntimeException | Error e) {
      synchronized (results) {
        results.remove(key);
      }
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /** How many were not there. */
  long computed() {
    synchronized (results) {
      return computed;
    }
  }
}
