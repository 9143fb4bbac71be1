package org.inceptionspark.weights.names;

import java.util.List;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.ModelFamily;
import org.inceptionspark.weights.model.OutputActivation;
import org.inceptionspark.weights.model.PoolDivisor;

/** All variables that a file has for the network, and what else it says about the network. */
public record Translation(
    ModelFamily family,
    PoolDivisor poolDivisor,
    LastPool lastPool,
    OutputActivation output,
    String preprocessing,
    List<Binding> bindings) {

  /** With the usual pools and preprocessing of a family. */
  public static Translation of(
      ModelFamily family, OutputActivation output, List<Binding> bindings) {
    return new Translation(
        family,
        family.poolDivisor(),
        family.lastPool(),
        output,
        family.preprocessing(),
        List.copyOf(bindings));
  }

  Translation withPreprocessing(String name) {
    return new Translation(family, poolDivisor, lastPool, output, name, bindings);
  }
}
