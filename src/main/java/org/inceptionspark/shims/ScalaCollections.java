package org.inceptionspark.shims;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import scala.collection.Iterable;
import scala.collection.Iterator;
import scala.collection.immutable.List$;

/**
 * Scala's collections to Java's and back, without {@code scala.jdk}, which Scala 2.12 lacks. The
 * results are {@code Seq} both in 2.12 and in 2.13, where that means the immutable kind.
 */
public final class ScalaCollections {
  private ScalaCollections() {}

  /** The elements in order. */
  public static <T> List<T> list(Iterable<? extends T> elements) {
    List<T> list = new ArrayList<>();
    for (Iterator<? extends T> rest = elements.iterator(); rest.hasNext(); ) {
      list.add(rest.next());
    }
    return list;
  }

  /** The elements in order. */
  public static <T> scala.collection.immutable.List<T> seq(List<? extends T> elements) {
    scala.collection.immutable.List<T> seq = List$.MODULE$.empty();
    for (int i = elements.size() - 1; i >= 0; i--) {
      seq = seq.$colon$colon(elements.get(i));
    }
    return seq;
  }

  /** The same keys and values. */
  public static <K, V> scala.collection.immutable.Map<K, V> map(Map<K, V> entries) {
    scala.collection.immutable.Map<K, V> map = scala.collection.immutable.Map$.MODULE$.empty();
    for (Map.Entry<K, V> entry : entries.entrySet()) {
      map = map.updated(entry.getKey(), entry.getValue());
    }
    return map;
  }
}
