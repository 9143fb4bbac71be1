package org.inceptionspark.search.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.Sha256;

/**
 * The most recent results of this JVM. Spark evaluates a call as often as it appears in a plan: in
 * a filter and again in the projection above it, once for each of its fields, on each side of a
 * batch or a shuffle. An image's digest costs a thousandth of its labels, so results are looked up
 * by digest first. This works whatever the optimizer makes of a query, and blocks none of its
 * rules.
 */
final class RecentResults {
  /** Of some 12 kB each: more results than Spark passes from one operator to the next at a time. */
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
   * The result for an image, stored or from the function; concurrent requests for the same image
   * wait for it.
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
