package org.inceptionspark.weights;

import java.io.Serializable;
import java.util.TreeMap;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.weights.model.NetworkVariant;

/** The serialised form of {@link ModelWeights} whose variables are elsewhere. */
record RemoteWeights(
    String source,
    String format,
    NetworkVariant traits,
    TreeMap<String, Shape> shapes,
    String fingerprint,
    ModelWeights.Source elsewhere)
    implements Serializable {

  private Object readResolve() {
    return new ModelWeights(source, format, traits, shapes, fingerprint, elsewhere);
  }
}
