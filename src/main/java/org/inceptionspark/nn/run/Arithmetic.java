package org.inceptionspark.nn.run;

import org.inceptionspark.nn.Node;

/**
 * The order of all sums: which algorithm each convolution uses and how depth is cut into blocks. It
 * is part of a model's identity, so its version changes whenever the bits do.
 */
public enum Arithmetic {
  /**
   * Minimal filters (Winograd) and Strassen's products wherever {@link Algorithm} provides them:
   * the fastest, PreLogits about 1e-6 from TF-Slim's.
   */
  MINIMAL_FILTERS("minimal filters 4"),

  /** Every convolution by its definition: half as fast, PreLogits 5e-7 from TF-Slim's. */
  DIRECT("direct 3");

  private final String version;

  Arithmetic(String version) {
    this.version = version;
  }

  /** Name and version, such as {@code minimal filters 4}. */
  public String version() {
    return version;
  }

  Algorithm algorithm(Node convolution) {
    return switch (this) {
      case MINIMAL_FILTERS -> Algorithm.of(convolution);
      case DIRECT -> Algorithm.DIRECT;
    };
  }
}
