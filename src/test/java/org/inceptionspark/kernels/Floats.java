package org.inceptionspark.kernels;

import java.util.Arrays;
import java.util.Random;

/** Arrays for the contract of the kernels. */
final class Floats {
  /** Fills whatever may not be written; no sum has these bits. */
  static final float GUARD = Float.intBitsToFloat(0x7f4dbeef);

  private static final float[] AWKWARD = {
    0f, -0f, Float.MIN_VALUE, -1e-40f, 1e-20f, 3e18f, -3e18f, 1f, -1f, 16_777_217f
  };

  private Floats() {}

  /** Mostly of ordinary size, some zeros of both signs, subnormal and huge. */
  static float[] awkward(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] =
          random.nextInt(16) == 0
              ? AWKWARD[random.nextInt(AWKWARD.length)]
              : (float) random.nextGaussian();
    }
    return values;
  }

  static float[] guarded(int length) {
    float[] values = new float[length];
    Arrays.fill(values, GUARD);
    return values;
  }

  /** NaNs are alike; zeros of different sign are not. */
  static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.isNaN(values[i]) && !isGuard(values[i]) ? 0x7fc00000 : raw(values[i]);
    }
    return bits;
  }

  private static boolean isGuard(float value) {
    return raw(value) == raw(GUARD);
  }

  private static int raw(float value) {
    return Float.floatToRawIntBits(value);
  }
}
