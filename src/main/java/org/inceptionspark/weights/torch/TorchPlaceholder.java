package org.inceptionspark.weights.torch;

import java.util.Optional;
import org.inceptionspark.weights.torch.PickleStack.PickleDict;

/**
 * Stands for an object that a pickle would make by calling an unknown name: it holds what the
 * pickle says about it, and does nothing. Compared by identity.
 */
final class TorchPlaceholder {
  private final String name;
  private Object state = Pickle.NONE;

  TorchPlaceholder(String name) {
    this.name = name;
  }

  /** What would have been called. */
  String name() {
    return name;
  }

  void setState(Object state) {
    this.state = state;
  }

  /** Whether it would be a {@code torch.nn.Module}, by the attributes that every module has. */
  boolean isModule() {
    return attribute("_modules").isPresent() && attribute("_parameters").isPresent();
  }

  private Optional<Object> attribute(String key) {
    return state instanceof PickleDict dict
        ? Optional.ofNullable(dict.values().get(key))
        : Optional.empty();
  }
}
