package org.inceptionspark.benchmark;

import java.util.Random;
import java.util.function.Function;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.kernels.Kernels;

/**
 * One operation of the kernels with the sizes that a layer of the network gives it.
 *
 * @param name of the operation, with its sizes
 * @param layer one that calls it so
 * @param work of one run: floating-point operations or bytes
 * @param unit of {@code work} divided by nanoseconds
 */
record LayerCall(
    String name, String layer, long work, String unit, Function<Kernels, Prepared> preparation) {
  static final String FLOPS = "GFLOP/s";
  static final String BYTES = "GB/s";

  /** A call with its own arguments, to be run again and again. */
  interface Prepared {
    void run();

    /** Everything that the first run wrote; the same for all kernels. */
    float[] answer();
  }

  /**
   * The call on these kernels, after one run of it.
   *
   * @throws IllegalStateException if a bit of the answer is not the scalar kernels'
   */
  Prepared checked(Kernels kernels) {
    float[] expected = answered(KernelSelector.select(KernelChoice.SCALAR)).answer();
    Prepared prepared = answered(kernels);
    float[] found = prepared.answer();
    for (int i = 0; i < expected.length; i++) {
      if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(found[i])) {
        throw new IllegalStateException(
            "%s: value %d is %s, needed %s as the scalar kernels give it"
                .formatted(name, i, found[i], expected[i]));
      }
    }
    return prepared;
  }

  private Prepared answered(Kernels kernels) {
    Prepared prepared = preparation.apply(kernels);
    prepared.run();
    return prepared;
  }

  static Prepared prepared(Runnable operation, float[] answer) {
    return new Prepared() {
      @Override
      public void run() {
        operation.run();
      }

      @Override
      public float[] answer() {
        return answer;
      }
    };
  }

  /** Values like those of a layer's map, the same on every call. */
  static float[] values(int length) {
    Random random = new Random(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
