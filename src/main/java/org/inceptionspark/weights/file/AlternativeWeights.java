package org.inceptionspark.weights.file;

import java.util.Map;
import java.util.Optional;

/** A file that may hold several sets of weights, or other tensors beside them. */
public interface AlternativeWeights {
  /** Each set by its place in the file, in the file's order. */
  Map<String, WeightsFile> alternatives();

  /** What to report if none of the sets is the network: that there is more in the file. */
  Optional<WeightsException> unread();
}
