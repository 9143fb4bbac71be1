package org.inceptionspark.labeler;

import java.util.Locale;

/**
 * How exactly embeddings are kept. They are float32 values either way, so whatever reads a table
 * can read both. Those rounded to float16 are among 63,488 values, which Parquet stores as indices
 * of some 14 bits into a dictionary.
 */
public enum EmbeddingPrecision {
  /** As computed. */
  FLOAT32,
  /** To the nearest of IEEE 754 binary16: a relative error of at most 1/2048 down to 6e-5. */
  FLOAT16;

  private static final float LARGEST_FLOAT16 = 65_504;
  private static final float SMALLEST_NORMAL_FLOAT16 = 0x1p-14f;

  /** In [0.5, 1), neighbouring float32 values are as far apart as float16's subnormal values. */
  private static final float SUBNORMAL_STEPS = 0.5f;

  private static final int DROPPED_BITS = 13;
  private static final int DROPPED = (1 << DROPPED_BITS) - 1;

  /** Rounds in place; null stays null. */
  public float[] round(float[] embedding) {
    if (this == FLOAT16 && embedding != null) {
      for (int i = 0; i < embedding.length; i++) {
        embedding[i] = toFloat16(embedding[i]);
      }
    }
    return embedding;
  }

  /**
   * To nearest, ties to even; what is beyond float16's largest value becomes that, so that finite
   * values stay finite.
   */
  private static float toFloat16(float value) {
    float magnitude = Math.abs(value);
    if (magnitude < SMALLEST_NORMAL_FLOAT16) {
      return Math.copySign(magnitude + SUBNORMAL_STEPS - SUBNORMAL_STEPS, value);
    }
    if (Float.isNaN(value) || Float.isInfinite(value)) {
      return value;
    }
    int bits = Float.floatToRawIntBits(magnitude);
    int even = bits >>> DROPPED_BITS & 1;
    float nearest = Float.intBitsToFloat(bits + (DROPPED >>> 1) + even & ~DROPPED);
    return Math.copySign(Math.min(nearest, LARGEST_FLOAT16), value);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
