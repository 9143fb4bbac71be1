package org.inceptionspark.weights;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.file.WeightsException;
import org.inceptionspark.weights.file.WeightsException.Kind;
import org.inceptionspark.weights.file.WeightsFile;
import org.inceptionspark.weights.names.Binding;

/**
 * Variables that stay in their file, by TF-Slim's name and in name order: each is read on demand,
 * each time. The values of a whole network are never on the heap at once. The creator leaves the
 * file open; its resources are freed with this object.
 */
final class StoredVariables extends AbstractMap<String, Tensor> {
  private final WeightsFile file;
  private final String source;
  private final SortedMap<String, Binding> bindings = new TreeMap<>();

  /**
   * @throws WeightsException DUPLICATE if two stored tensors are the same variable
   */
  StoredVariables(WeightsFile file, String source, List<Binding> all) {
    this.file = file;
    this.source = source;
    for (Binding binding : all) {
      if (bindings.put(binding.variable(), binding) != null) {
        throw new WeightsException(
                Kind.DUPLICATE, source, "a second tensor for " + binding.variable())
            .about(binding.stored());
      }
    }
  }

  Map<String, Binding> bindings() {
    return Collections.unmodifiableMap(bindings);
  }

  /** Readers cache what they have found in maps that only one thread may use. */
  synchronized Tensor read(Binding binding) {
    return binding.layout().toSlim(source, binding.stored(), file.read(binding.stored()));
  }

  @Override
  public Tensor get(Object variable) {
    Binding binding = containsKey(variable) ? bindings.get(variable) : null;
    return binding == null ? null : read(binding);
  }

  @Override
  public boolean containsKey(Object variable) {
    return variable instanceof String && bindings.containsKey(variable);
  }

  @Override
  public Set<String> keySet() {
    return bindings().keySet();
  }

  @Override
  public Set<Map.Entry<String, Tensor>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, Tensor>> iterator() {
        return bindings.values().stream()
            .map(binding -> Map.entry(binding.variable(), read(binding)))
            .iterator();
      }

      @Override
      public int size() {
        return bindings.size();
      }
    };
  }
}
