package org.inceptionspark.kernels;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The width of this JVM's vectors, a constant to the compiler. {@code -Dinceptionspark.vector.bits}
 * forces a narrower one, for tests and for machines that slow down under wide vectors.
 */
final class VectorWidth {
  static final VectorSpecies<Float> SPECIES = species();
  static final int LANES = SPECIES.length();

  /** A value that no loop count reaches. Not final, so that the compiler cannot fold it. */
  static int never = -1;

  private VectorWidth() {}

  private static VectorSpecies<Float> species() {
    int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    int bits = Integer.getInteger("inceptionspark.vector.bits", Math.min(preferred, 512));
    if (bits != 128 && bits != 256 && bits != 512 || bits > preferred) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "inceptionspark.vector.bits is %d, needed 128, 256 or 512 and no more than this machine's %d",
              bits,
              preferred));
    }
    return VectorSpecies.of(float.class, VectorShape.forBitSize(bits));
  }
}
