package org.inceptionspark.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Times a small product with and without vectors, in loops of its own, so that the profile gathered
 * here does not affect how the kernels are compiled.
 */
final class VectorProbe {
  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
  private static final int LENGTH = 1024;

  /** Two floats in a nanosecond: an old processor reaches it, allocated vectors never do. */
  private static final long CERTAINLY_FAST_NANOS = LENGTH / 2;

  /** By then both loops are fully compiled. */
  private static final int ROUNDS = 20_000;

  /** Compiling takes a tenth of a second; only a JVM that never compiles them needs all of this. */
  private static final long LONGEST_NANOS = 5_000_000_000L;

  private VectorProbe() {}

  /** Whether vectors become as fast as plain loops, given the same time to warm up. */
  static boolean isFast() {
    float[] values = new float[LENGTH];
    float[] sums = new float[LENGTH];
    long start = System.nanoTime();
    long scalar = Long.MAX_VALUE;
    long vector = Long.MAX_VALUE;
    for (int round = 0; System.nanoTime() - start < LONGEST_NANOS; round++) {
      long before = System.nanoTime();
      scalar(values, sums);
      long between = System.nanoTime();
      vector(values, sums);
      vector = Math.min(vector, System.nanoTime() - between);
      scalar = Math.min(scalar, between - before);
      if (vector < CERTAINLY_FAST_NANOS || round > ROUNDS && vector < 2 * scalar) {
        return true;
      }
    }
    return false;
  }

  private static void scalar(float[] values, float[] sums) {
    for (int i = 0; i < LENGTH; i++) {
      sums[i] = Math.fma(values[i], 0.5f, sums[i]);
    }
  }

  private static void vector(float[] values, float[] sums) {
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.5f);
    for (int i = 0; i < SPECIES.loopBound(LENGTH); i += SPECIES.length()) {
      FloatVector.fromArray(SPECIES, values, i)
          .fma(factor, FloatVector.fromArray(SPECIES, sums, i))
          .intoArray(sums, i);
    }
  }
}
