package org.inceptionspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.inceptionspark.kernels.KernelCalls.Call;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All kernels give the same bits, and write nothing but what they are asked for. */
class KernelContractTest {
  private static final Map<String, Kernels> KERNELS = EveryKernel.all();
  private static final List<Call> CALLS = KernelCalls.all();
  private static final Map<String, int[]> EXPECTED = new HashMap<>();

  static {
    CALLS.forEach(call -> EXPECTED.put(call.name(), Floats.bits(call.on(KERNELS.get("scalar")))));
  }

  static List<String> names() {
    return List.copyOf(KERNELS.keySet());
  }

  @Test
  void everyWidthOfTheMachineIsThere() {
    assertThat(KERNELS).containsKeys("scalar", "vector 128");
    KERNELS.forEach(
        (name, kernels) -> assertThat(kernels.description().replace(",", "")).startsWith(name));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void bitsAreTheScalarKernels(String name) {
    assertThat(differing(KERNELS.get(name))).isEmpty();
  }

  /** C2 compiles a method once it has been called five thousand times; a round has ten calls. */
  @Test
  @Tag("slow")
  void bitsAreTheSameOnceCompiled() {
    Kernels fresh = EveryKernel.fresh();
    assertThat(differing(fresh)).as("interpreted").isEmpty();
    for (int round = 0; round < 600; round++) {
      assertThat(differing(fresh)).as("round %d", round).isEmpty();
    }
  }

  /** The scalar kernels are the reference for the others; this is the reference for them. */
  @Test
  void scalarProductsAreChainsOfFusedMultiplyAdds() {
    int depth = 100;
    Random random = new Random(1);
    float[] a = Floats.awkward(random, 2 * Kernels.PITCH);
    float[] b = Floats.awkward(random, depth * 64);
    float[] c = new float[2 * 64];
    KERNELS.get("scalar").multiply(64, 2, depth, a, 0, b, c, 0, 64);
    for (int i = 0; i < c.length; i++) {
      float sum = 0;
      for (int k = 0; k < depth; k++) {
        sum = Math.fma(a[i / 64 * Kernels.PITCH + k], b[k * 64 + i % 64], sum);
      }
      assertThat(c[i]).isEqualTo(sum);
    }
  }

  @Test
  void infinitiesAndNotANumberPassThrough() {
    float[] source = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1, -0f, 0, 2, 3};
    KERNELS.forEach(
        (name, kernels) -> {
          float[] target = new float[8];
          float[] none = new float[8];
          kernels.store(1, 8, source, 8, none, 0, 0f, target, new int[] {0}, 0, 0);
          assertThat(Floats.bits(target))
              .as(name)
              .isEqualTo(
                  Floats.bits(new float[] {Float.NaN, Float.POSITIVE_INFINITY, 0, 1, 0, 0, 2, 3}));
        });
  }

  /** Which of the calls give other bits than the scalar kernels did. */
  private static List<String> differing(Kernels kernels) {
    List<String> differing = new ArrayList<>();
    for (Call call : CALLS) {
      if (!Arrays.equals(Floats.bits(call.on(kernels)), EXPECTED.get(call.name()))) {
        differing.add(call.name());
      }
    }
    return differing;
  }
}
