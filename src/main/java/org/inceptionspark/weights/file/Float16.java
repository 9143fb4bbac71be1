package org.inceptionspark.weights.file;

/** IEEE 754 binary16, which the JDK converts only from Java 20 on. */
public final class Float16 {
  private static final float SMALLEST_SUBNORMAL = 0x1p-24f;

  private Float16() {}

  /** The exact value of a half, subnormals, infinities and NaN included. */
  public static float toFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >>> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    if (exponent == 0) {
      float magnitude = fraction * SMALLEST_SUBNORMAL;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
