package org.inceptionspark.weights.model;

/** How logits become probabilities. */
public enum OutputActivation {
  /** One class of many. */
  SOFTMAX,
  /** Each class by itself: several labels, or none, may apply. */
  SIGMOID
}
