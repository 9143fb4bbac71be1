package org.inceptionspark.weights.model;

/** How logits become probabilities. */
public enum OutputActivation {
  /** One class of many. */
  SOFTMAX,
  /** Each class on its own: several labels, or none, may hold. */
  SIGMOID
}
