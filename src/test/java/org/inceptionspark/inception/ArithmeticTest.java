package org.inceptionspark.inception;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.goldens.NetworkGolden;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.run.Arithmetic;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fast arithmetic costs in exactness, on the whole network of formula weights. */
class ArithmeticTest {
  private static final NetworkGolden GOLDEN = NetworkGolden.named("full-299");

  @ParameterizedTest
  @CsvSource({"MINIMAL_FILTERS, 3e-6", "DIRECT, 5e-7"})
  void prelogitsAreAsNearToSlimAsPromised(Arithmetic arithmetic, double promised) {
    float[] expected = GOLDEN.whole("PreLogits");
    float[] found = prelogits(arithmetic);
    double squares = 0;
    double norm = 0;
    for (int i = 0; i < found.length; i++) {
      squares += ((double) found[i] - expected[i]) * ((double) found[i] - expected[i]);
      norm += (double) expected[i] * expected[i];
    }
    double relative = Math.sqrt(squares / norm);
    assertThat(relative).as("relative L2").isLessThan(promised);
  }

  private static float[] prelogits(Arithmetic arithmetic) {
    Graph graph = InceptionV3.network(GOLDEN.height(), GOLDEN.width(), GOLDEN.options());
    Network network =
        Network.build(
            graph,
            Formula.variables(graph.variables()),
            List.of("PreLogits"),
            KernelSelector.select(KernelChoice.AUTO),
            arithmetic);
    NetworkStream stream = network.stream(1);
    int size = network.input().elements();
    System.arraycopy(GOLDEN.input(), 0, stream.input(), stream.inputOffset(0), size);
    stream.run(1);
    return stream.result("PreLogits", 0);
  }
}
