package org.inceptionspark.weights.model;

/** What the average pools inside the blocks divide by at the border. */
public enum PoolDivisor {
  /** By the elements that are there: 4, 6 or 9 of a 3x3 window; TF-Slim and Keras. */
  EXISTING,
  /** By the window's area, padding counted: torchvision and timm. */
  WINDOW
}
