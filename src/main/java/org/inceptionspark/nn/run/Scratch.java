package org.inceptionspark.nn.run;

/** Floats of scratch that a step needs beside its buffers. */
record Scratch(int transformed, int products, int halfway, int edge) {
  static final Scratch NONE = new Scratch(0, 0, 0, 0);

  Scratch union(Scratch other) {
    return new Scratch(
        Math.max(transformed, other.transformed),
        Math.max(products, other.products),
        Math.max(halfway, other.halfway),
        Math.max(edge, other.edge));
  }
}
