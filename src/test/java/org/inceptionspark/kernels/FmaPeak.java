package org.inceptionspark.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Nothing but fused multiply-adds, as wide as the kernels' vectors: what no kernel can pass. Twelve
 * chains are more than two units of four cycles can have in flight, and with their two operands fit
 * 16 registers.
 */
public final class FmaPeak {
  /** Sums of each chain. */
  public static final int LANES = VectorWidth.LANES;

  public static final int CHAINS = 12;

  private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;

  private FmaPeak() {}

  /** {@code sums[i] = sums[i] + a * b}, so many times; {@code CHAINS * LANES} sums. */
  public static void run(int steps, float a, float b, float[] sums) {
    FloatVector x = FloatVector.broadcast(SPECIES, a);
    FloatVector y = FloatVector.broadcast(SPECIES, b);
    FloatVector c0 = FloatVector.fromArray(SPECIES, sums, 0);
    FloatVector c1 = FloatVector.fromArray(SPECIES, sums, LANES);
    FloatVector c2 = FloatVector.fromArray(SPECIES, sums, 2 * LANES);
    FloatVector c3 = FloatVector.fromArray(SPECIES, sums, 3 * LANES);
    FloatVector c4 = FloatVector.fromArray(SPECIES, sums, 4 * LANES);
    FloatVector c5 = FloatVector.fromArray(SPECIES, sums, 5 * LANES);
    FloatVector c6 = FloatVector.fromArray(SPECIES, sums, 6 * LANES);
    FloatVector c7 = FloatVector.fromArray(SPECIES, sums, 7 * LANES);
    FloatVector c8 = FloatVector.fromArray(SPECIES, sums, 8 * LANES);
    FloatVector c9 = FloatVector.fromArray(SPECIES, sums, 9 * LANES);
    FloatVector c10 = FloatVector.fromArray(SPECIES, sums, 10 * LANES);
    FloatVector c11 = FloatVector.fromArray(SPECIES, sums, 11 * LANES);
    for (int step = 0; step < steps; step++) {
      c0 = x.fma(y, c0);
      c1 = x.fma(y, c1);
      c2 = x.fma(y, c2);
      c3 = x.fma(y, c3);
      c4 = x.fma(y, c4);
      c5 = x.fma(y, c5);
      c6 = x.fma(y, c6);
      c7 = x.fma(y, c7);
      c8 = x.fma(y, c8);
      c9 = x.fma(y, c9);
      c10 = x.fma(y, c10);
      c11 = x.fma(y, c11);
    }
    c0.intoArray(sums, 0);
    c1.intoArray(sums, LANES);
    c2.intoArray(sums, 2 * LANES);
    c3.intoArray(sums, 3 * LANES);
    c4.intoArray(sums, 4 * LANES);
    c5.intoArray(sums, 5 * LANES);
    c6.intoArray(sums, 6 * LANES);
    c7.intoArray(sums, 7 * LANES);
    c8.intoArray(sums, 8 * LANES);
    c9.intoArray(sums, 9 * LANES);
    c10.intoArray(sums, 10 * LANES);
    c11.intoArray(sums, 11 * LANES);
  }
}
