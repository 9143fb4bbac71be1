package org.inceptionspark.weights.model;

/** The pool in the last block's {@code Branch_3}. */
public enum LastPool {
  AVERAGE,
  /** The graph of December 2015, and FID's network made from it. */
  MAXIMUM
}
