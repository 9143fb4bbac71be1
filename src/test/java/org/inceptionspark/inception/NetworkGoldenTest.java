package org.inceptionspark.inception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.goldens.NetworkGolden;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;
import org.inceptionspark.tensor.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every end point of every golden network, by every kernel, against TF-Slim's own results. How near
 * PreLogits and Logits come is in {@code target/exactness.txt} afterwards, as the documentation has
 * it; with {@code -Dexactness.arithmetic=direct} that of {@code --kernels exact}.
 */
@Tag("slow")
class NetworkGoldenTest {
  /** Relative to the end point's norm; the goldens are float32 themselves. */
  private static final double END_POINT_TOLERANCE = 1e-5;

  private static final double LOGITS_TOLERANCE = 1e-4;

  private static ExactnessFigures figures;

  @BeforeAll
  static void begin() throws IOException {
    figures = ExactnessFigures.in("target/exactness.txt");
  }

  static Stream<Arguments> networks() {
    return NetworkGolden.NAMES.stream()
        .flatMap(
            name ->
                Stream.of(KernelChoice.SCALAR, KernelChoice.VECTOR)
                    .map(kernels -> Arguments.of(name, kernels)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("networks")
  void agreesWithSlim(String name, KernelChoice choice) throws IOException {
    NetworkGolden golden = NetworkGolden.named(name);
    Graph graph = InceptionV3.network(golden.height(), golden.width(), golden.options());
    assertThat(graph.variables()).hasSize(golden.variables());
    assertThat(graph.variables().stream().mapToInt(v -> v.shape().elements()).sum())
        .isEqualTo(golden.parameters());
    assertThat(graph.endPoints()).extracting(e -> e.name()).isEqualTo(golden.endPoints());

    NetworkStream stream = run(golden, graph, choice);
    for (String endPoint : golden.endPoints()) {
      check(golden, endPoint, stream);
    }
    figures.add(figures(name + " " + choice, golden, stream));
  }

  private static NetworkStream run(NetworkGolden golden, Graph graph, KernelChoice choice) {
    Map<String, Tensor> variables = Formula.variables(graph.variables());
    Network network =
        Network.build(
            graph,
            variables,
            golden.endPoints(),
            KernelSelector.select(choice),
            ExactnessFigures.ARITHMETIC);
    NetworkStream stream = network.stream(golden.batch());
    float[] images = golden.input();
    int size = images.length / golden.batch();
    for (int i = 0; i < golden.batch(); i++) {
      System.arraycopy(images, i * size, stream.input(), stream.inputOffset(i), size);
    }
    stream.run(golden.batch());
    return stream;
  }

  private static void check(NetworkGolden golden, String endPoint, NetworkStream stream) {
    List<Integer> shape = new ArrayList<>(List.of(golden.batch()));
    for (int dimension : stream.shape(endPoint).dimensions()) {
      shape.add(dimension);
    }
    assertThat(shape).as(endPoint).isEqualTo(golden.shape(endPoint));

    float[] values = batch(golden, endPoint, stream);
    double norm = golden.norm(endPoint);
    assertThat(norm(values))
        .as(endPoint + " norm")
        .isCloseTo(norm, within(norm * END_POINT_TOLERANCE));
    double root = Math.sqrt(values.length);
    for (NetworkGolden.Sample sample : golden.samples(endPoint)) {
      // A single element may be ten times as far off as the root mean square of all.
      assertThat((double) values[sample.index()])
          .as(endPoint + " element " + sample.index())
          .isCloseTo(sample.value(), within(10 * END_POINT_TOLERANCE * norm / root));
    }
    float[] whole = golden.whole(endPoint);
    if (whole != null) {
      checkWhole(endPoint, values, whole);
    }
  }

  private static void checkWhole(String endPoint, float[] values, float[] whole) {
    Difference found = difference(values, whole);
    assertThat(found.relative()).as(endPoint).isLessThan(END_POINT_TOLERANCE);
    if (endPoint.endsWith("Logits")) {
      assertThat(found.largest()).as(endPoint).isLessThan(LOGITS_TOLERANCE);
    }
  }

  /** L2 norm of the difference over that of Slim's result, and the largest of an element. */
  private record Difference(double relative, double largest) {}

  private static Difference difference(float[] values, float[] whole) {
    float[] difference = new float[whole.length];
    float largest = 0;
    for (int i = 0; i < whole.length; i++) {
      difference[i] = values[i] - whole[i];
      largest = Math.max(largest, Math.abs(difference[i]));
    }
    return new Difference(norm(difference) / norm(whole), largest);
  }

  private static String figures(String name, NetworkGolden golden, NetworkStream stream) {
    StringBuilder lines = new StringBuilder();
    for (String endPoint : golden.endPoints()) {
      float[] whole = golden.whole(endPoint);
      if (whole != null) {
        Difference found = difference(batch(golden, endPoint, stream), whole);
        lines.append(
            "%-28s %-12s relative %.1e  largest %.1e%n"
                .formatted(name, endPoint, found.relative(), found.largest()));
      }
    }
    return lines.toString();
  }

  private static float[] batch(NetworkGolden golden, String endPoint, NetworkStream stream) {
    int elements = stream.shape(endPoint).elements();
    float[] values = new float[elements * golden.batch()];
    for (int i = 0; i < golden.batch(); i++) {
      System.arraycopy(stream.result(endPoint, i), 0, values, i * elements, elements);
    }
    return values;
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
