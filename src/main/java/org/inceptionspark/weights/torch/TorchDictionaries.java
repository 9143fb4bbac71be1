package org.inceptionspark.weights.torch;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.inceptionspark.weights.torch.PickleStack.PickleDict;
import org.inceptionspark.weights.torch.PickleStack.PickleList;
import org.inceptionspark.weights.torch.TorchObjects.View;

/**
 * Every dictionary with tensors in a torch file, wherever it is among dictionaries, lists and
 * tuples, by the keys that lead to it, such as {@code checkpoint/0/state_dict}.
 */
final class TorchDictionaries {
  private record Place(String path, Object value) {}

  private final Map<String, PickleDict> found = new LinkedHashMap<>();
  private final Deque<Place> waiting = new ArrayDeque<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private TorchPlaceholder module;

  private TorchDictionaries() {}

  /** Searches from the outside in; objects may contain themselves. */
  static TorchDictionaries of(Object top) {
    TorchDictionaries dictionaries = new TorchDictionaries();
    dictionaries.waiting.add(new Place("", top));
    while (!dictionaries.waiting.isEmpty()) {
      Place place = dictionaries.waiting.remove();
      if (dictionaries.seen.add(place.value)) {
        dictionaries.look(place);
      }
    }
    return dictionaries;
  }

  private void look(Place place) {
    if (place.value instanceof PickleDict dict) {
      if (dict.values().values().stream().anyMatch(View.class::isInstance)) {
        found.put(place.path, dict);
      }
      dict.values().forEach((key, value) -> enter(place, key.toString(), value));
    } else if (place.value instanceof PickleList list) {
      for (int i = 0; i < list.values().size(); i++) {
        enter(place, Integer.toString(i), list.values().get(i));
      }
    } else if (place.value instanceof TorchPlaceholder object && object.isModule()) {
      module = object;
    }
  }

  private void enter(Place outer, String key, Object value) {
    if (!(value instanceof View)) {
      waiting.add(new Place(outer.path.isEmpty() ? key : outer.path + "/" + key, value));
    }
  }

  /** The name that would make a value, or a part of it, where there is a placeholder instead. */
  static Optional<String> unknown(Object value) {
    Stream<Object> parts =
        value instanceof PickleList list ? list.values().stream() : Stream.of(value);
    return parts
        .filter(TorchPlaceholder.class::isInstance)
        .map(part -> ((TorchPlaceholder) part).name())
        .findFirst();
  }

  Map<String, PickleDict> found() {
    return found;
  }

  /** A whole model that was pickled, if there is one. */
  Optional<TorchPlaceholder> module() {
    return Optional.ofNullable(module);
  }
}
