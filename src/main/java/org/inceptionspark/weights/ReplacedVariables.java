package org.inceptionspark.weights;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.inceptionspark.tensor.Tensor;

/**
 * Variables of which some are replaced, in name order. The others stay where they are and are read
 * on demand.
 */
final class ReplacedVariables extends AbstractMap<String, Tensor> {
  private final Map<String, Tensor> others;
  private final SortedMap<String, Tensor> replacements;
  private final TreeSet<String> names;

  /**
   * @param gone names to leave out, whether or not something replaces them
   */
  ReplacedVariables(
      Map<String, Tensor> all, Predicate<String> gone, SortedMap<String, Tensor> replacements) {
    this.others = all;
    this.replacements = replacements;
    this.names = new TreeSet<>(all.keySet());
    names.removeIf(gone);
    names.addAll(replacements.keySet());
  }

  @Override
  public Tensor get(Object variable) {
    if (!containsKey(variable)) {
      return null;
    }
    Tensor replacement = replacements.get(variable);
    return replacement == null ? others.get(variable) : replacement;
  }

  @Override
  public boolean containsKey(Object variable) {
    return variable instanceof String && names.contains(variable);
  }

  @Override
  public Set<String> keySet() {
    return Collections.unmodifiableSet(names);
  }

  @Override
  public Set<Map.Entry<String, Tensor>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Tensor>> iterator() {
        return names.stream().map(name -> Map.entry(name, get(name))).iterator();
      }

      @Override
      public int size() {
        return names.size();
      }
    };
  }
}
