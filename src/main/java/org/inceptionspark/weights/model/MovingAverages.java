package org.inceptionspark.weights.model;

/**
 * Which of two sets of values to take from a training checkpoint: the last ones, or their averages.
 */
public enum MovingAverages {
  /** The variables as training left them; the 2016 release has its averages under these names. */
  IGNORE,
  /** The exponential moving averages, which must be there for every variable. */
  REQUIRE,
  /** The averages if the file has any, and then for every variable. */
  PREFER
}
