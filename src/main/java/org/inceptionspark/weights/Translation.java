package org.inceptionspark.weights;

import java.util.List;

/** All variables that a file has for the network, and what else it tells of the network. */
record Translation(
    ModelFamily family,
    PoolDivisor poolDivisor,
    LastPool lastPool,
    OutputActivation output,
    List<Binding> bindings) {

  /** With the pools that are usual in a family. */
  static Translation of(ModelFamily family, OutputActivation output, List<Binding> bindings) {
    return new Translation(
        family, family.poolDivisor(), family.lastPool(), output, List.copyOf(bindings));
  }
}
