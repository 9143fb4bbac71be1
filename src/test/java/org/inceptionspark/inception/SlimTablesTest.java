package org.inceptionspark.inception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.inceptionspark.nn.Convolutions;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.KernelSize;
import org.inceptionspark.nn.Layer.Convolution;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.Node;
import org.inceptionspark.nn.Normalization;
import org.inceptionspark.tensor.Shape;
import org.junit.jupiter.api.Test;

/** What the graph says of itself, line by line against tables of TF-Slim's variables and layers. */
class SlimTablesTest {
  private static final Path GOLDENS = Path.of("src/test/resources/goldens");
  private static final Graph GRAPH = InceptionV3.network(299, 299, InceptionV3Options.of(1001));

  /** Slim makes the main head's variables after the auxiliary head's, as the table has them. */
  @Test
  void variables() throws IOException {
    List<String> found =
        GRAPH.variables().stream()
            .map(v -> line(v.name(), times(v.shape()), v.shape().elements()))
            .toList();
    assertThat(found).hasSize(388);
    assertThat(found).containsExactlyElementsOf(lines("slim-variables.csv", 3));
  }

  @Test
  void convolutions() throws IOException {
    List<String> found = GRAPH.convolutions().stream().map(SlimTablesTest::line).toList();
    assertThat(found).hasSize(98);
    assertThat(found).containsExactlyElementsOf(lines("convolutions.csv", 14));
  }

  @Test
  void totals() {
    Graph base = InceptionV3.base(299, 299, InceptionV3Options.of(0));
    assertThat(base.convolutions()).hasSize(94);
    assertThat(base.multiplications()).isEqualTo(5_711_168_096L);
    assertThat(parameters(base)).isEqualTo(21_802_784);
    assertThat(parameters(GRAPH)).isEqualTo(27_182_194);
    assertThat(GRAPH.multiplications()).isEqualTo(5_718_902_112L);
  }

  /** As Keras and torchvision publish them; torchvision has gamma and does not count averages. */
  @Test
  void publishedTotals() {
    InceptionV3Options.Builder slim = InceptionV3Options.builder(1000);
    Graph torch = graph(slim.normalization(Normalization.BATCH_NORM_WITH_SCALE));
    assertThat(parameters(torch) - averages(torch)).isEqualTo(27_161_264);
    Graph keras = graph(InceptionV3Options.builder(1000).withoutAuxLogits());
    assertThat(parameters(keras)).isEqualTo(23_851_784);
    assertThat(averages(keras)).isEqualTo(34_432);
    assertThat(keras.multiplications()).isEqualTo(5_713_216_096L);
  }

  private static String line(Node node) {
    Convolution layer = (Convolution) node.layer();
    KernelSize kernel = layer.window().kernel();
    MapShape in = node.input().output();
    MapShape out = node.output();
    return line(
        node.scope(),
        kernel.height(),
        kernel.width(),
        layer.window().stride(),
        layer.window().padding(),
        in.channels(),
        out.channels(),
        out.height(),
        out.width(),
        Convolutions.kernelShape(node).elements(),
        Convolutions.multiplications(node),
        in.height(),
        in.width(),
        layer.normalization() == Normalization.BIASES ? "none" : "BN");
  }

  private static Graph graph(InceptionV3Options.Builder options) {
    return InceptionV3.network(299, 299, options.build());
  }

  private static long parameters(Graph graph) {
    return elements(graph, name -> true);
  }

  private static long averages(Graph graph) {
    return elements(graph, name -> name.contains("/moving_"));
  }

  private static long elements(Graph graph, Predicate<String> named) {
    return graph.variables().stream()
        .filter(variable -> named.test(variable.name()))
        .mapToLong(variable -> variable.shape().elements())
        .sum();
  }

  private static String times(Shape shape) {
    List<String> dimensions = new ArrayList<>();
    for (int dimension : shape.dimensions()) {
      dimensions.add(String.valueOf(dimension));
    }
    return String.join("x", dimensions);
  }

  private static String line(Object... values) {
    return List.of(values).stream()
        .map(value -> String.valueOf(value))
        .collect(Collectors.joining(","));
  }

  private static List<String> lines(String file, int columns) throws IOException {
    return Files.readAllLines(GOLDENS.resolve(file)).stream()
        .skip(1)
        .map(line -> String.join(",", List.of(line.split(",")).subList(0, columns)))
        .toList();
  }
}
