package org.inceptionspark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.inceptionspark.kernels.FmaPeak;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.kernels.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code jobs/benchmark.sh --kernel} times: right answers, of calls that JMH finds. */
class LayerCallsTest {
  private static final Kernels KERNELS = KernelSelector.select(KernelChoice.AUTO);

  static List<String> names() {
    return LayerCalls.all().stream().map(LayerCall::name).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void answersAreTheScalarKernels(String name) {
    float[] answer = LayerCalls.named(name).checked(KERNELS).answer();
    assertThat(Arrays.equals(answer, new float[answer.length])).as("nothing is written").isFalse();
  }

  @Test
  void aWrongAnswerIsNotTimed() {
    LayerCall wrong =
        new LayerCall(
            "wrong",
            "none",
            1,
            LayerCall.FLOPS,
            kernels ->
                LayerCall.prepared(() -> {}, new float[] {1, kernels.description().length()}));
    assertThatThrownBy(() -> wrong.checked(KERNELS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("wrong: value 1 is ")
        .hasMessageEndingWith("needed 6.0 as the scalar kernels give it");
  }

  @Test
  void namesAreOneCallEach() {
    assertThat(names()).doesNotHaveDuplicates();
  }

  @Test
  void thePeakIsOfFusedMultiplyAdds() {
    float[] sums = new float[FmaPeak.CHAINS * FmaPeak.LANES];
    FmaPeak.run(10, 0.5f, 0.25f, sums);
    assertThat(sums).containsOnly(1.25f);
  }

  /** The compiler's annotation processor has made what JMH looks for. */
  @Test
  void theBenchmarkIsListed() {
    assertThat(getClass().getResource("/META-INF/BenchmarkList")).isNotNull();
  }
}
