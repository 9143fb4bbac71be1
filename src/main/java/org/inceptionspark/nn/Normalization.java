package org.inceptionspark.nn;

/** What follows a convolution's products, and thus which variables it has besides its weights. */
public enum Normalization {
  /** Slim's default: {@code beta}, {@code moving_mean}, {@code moving_variance}. */
  BATCH_NORM,
  /** With {@code batch_norm_scale=True}: {@code gamma} too. */
  BATCH_NORM_WITH_SCALE,
  /** Without batch norm: {@code biases}. */
  BIASES
}
