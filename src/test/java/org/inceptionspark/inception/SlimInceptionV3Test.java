package org.inceptionspark.inception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.goldens.FormulaRun;
import org.inceptionspark.inception.InceptionV3Options.Builder;
import org.inceptionspark.nn.EndPoint;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.Normalization;
import org.inceptionspark.nn.run.NetworkStream;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Variable;
import org.junit.jupiter.api.Test;

/**
 * TF-Slim's own inception_v3_test, test by test, in its order and under its names. A graph here is
 * of one image size and its shapes are one image's; the batch is the stream's. Training is out of
 * scope: what Slim's tests say of it is said of evaluation.
 */
class SlimInceptionV3Test {
  private static final Shape MIXED_7C = Shape.of(8, 8, 2048);

  /** Slim's tests mostly run outside the arg scope: then convolutions have biases. */
  private static Builder withoutArgScope(int classes) {
    return InceptionV3Options.builder(classes).normalization(Normalization.BIASES);
  }

  private static Graph network(int size, Builder options) {
    return InceptionV3.network(size, size, options.build());
  }

  private static Graph base(double depthMultiplier) {
    return network(299, withoutArgScope(1000).depthMultiplier(depthMultiplier));
  }

  @Test
  void buildClassificationNetwork() {
    Graph graph = network(299, withoutArgScope(1000));
    EndPoint logits = graph.endPoint("Logits");
    assertThat(logits.node().scope()).startsWith("InceptionV3/Logits/");
    assertThat(logits.shape()).isEqualTo(Shape.of(1000));
    assertThat(graph.endPoint("Predictions").shape()).isEqualTo(Shape.of(1000));
  }

  @Test
  void buildPreLogitsNetwork() {
    Graph graph = network(299, withoutArgScope(0));
    EndPoint pooled = last(graph);
    assertThat(pooled.node().scope()).startsWith("InceptionV3/Logits/AvgPool");
    assertThat(pooled.shape()).isEqualTo(Shape.of(1, 1, 2048));
    assertThat(names(graph)).doesNotContain("Logits", "Predictions");
  }

  @Test
  void buildBaseNetwork() {
    Graph graph = InceptionV3.base(299, 299, withoutArgScope(0).build());
    assertThat(last(graph).node().scope()).startsWith("InceptionV3/Mixed_7c");
    assertThat(last(graph).shape()).isEqualTo(MIXED_7C);
    assertThat(names(graph)).containsExactlyElementsOf(SHAPES.keySet());
  }

  @Test
  void buildOnlyUptoFinalEndpoint() {
    List<String> all = List.copyOf(SHAPES.keySet());
    for (String endPoint : all) {
      Graph graph = InceptionV3.base(299, 299, withoutArgScope(0).build(), endPoint);
      assertThat(last(graph).node().scope()).startsWith("InceptionV3/" + endPoint);
      assertThat(names(graph)).isEqualTo(all.subList(0, all.indexOf(endPoint) + 1));
    }
  }

  @Test
  void buildAndCheckAllEndPointsUptoMixed7c() {
    Graph graph = InceptionV3.base(299, 299, withoutArgScope(0).build(), "Mixed_7c");
    Map<String, Shape> shapes = new LinkedHashMap<>();
    graph.endPoints().forEach(endPoint -> shapes.put(endPoint.name(), endPoint.shape()));
    assertThat(shapes).containsExactlyEntriesOf(SHAPES);
  }

  @Test
  void modelHasExpectedNumberOfParameters() {
    Graph graph = InceptionV3.base(299, 299, InceptionV3Options.of(0));
    assertThat(graph.variables().stream().mapToInt(v -> v.shape().elements()).sum())
        .isEqualTo(21_802_784);
  }

  @Test
  void buildEndPoints() {
    Graph graph = network(299, withoutArgScope(1000));
    assertThat(graph.endPoint("Logits").shape()).isEqualTo(Shape.of(1000));
    assertThat(graph.endPoint("AuxLogits").shape()).isEqualTo(Shape.of(1000));
    assertThat(graph.endPoint("Mixed_7c").shape()).isEqualTo(MIXED_7C);
    assertThat(graph.endPoint("PreLogits").shape()).isEqualTo(Shape.of(1, 1, 2048));
  }

  @Test
  void buildEndPointsWithDepthMultiplierLessThanOne() {
    assertChannelsAreMultiplied(0.5);
  }

  @Test
  void buildEndPointsWithDepthMultiplierGreaterThanOne() {
    assertChannelsAreMultiplied(2.0);
  }

  private static void assertChannelsAreMultiplied(double factor) {
    Graph scaled = base(factor);
    for (EndPoint endPoint : base(1).endPoints()) {
      String name = endPoint.name();
      if (name.startsWith("Mixed") || name.startsWith("Conv")) {
        assertThat(scaled.endPoint(name).shape().lastDimension())
            .as(name)
            .isEqualTo((int) (factor * endPoint.shape().lastDimension()));
      }
    }
  }

  @Test
  void raiseValueErrorWithInvalidDepthMultiplier() {
    for (double invalid : new double[] {-0.1, 0.0}) {
      assertThatThrownBy(() -> withoutArgScope(1000).depthMultiplier(invalid).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("depth_multiplier is not greater than zero: found " + invalid);
    }
  }

  @Test
  void halfSizeImages() {
    Graph graph = network(150, withoutArgScope(1000));
    assertThat(graph.endPoint("Logits").node().scope()).startsWith("InceptionV3/Logits");
    assertThat(graph.endPoint("Logits").shape()).isEqualTo(Shape.of(1000));
    assertThat(graph.endPoint("Mixed_7c").shape()).isEqualTo(Shape.of(3, 3, 2048));
  }

  @Test
  void unknownImageShape() {
    Graph graph = network(299, withoutArgScope(1000));
    assertThat(graph.endPoint("Logits").shape()).isEqualTo(Shape.of(1000));
    NetworkStream stream = FormulaRun.of(graph, 2, "Mixed_7c");
    assertThat(stream.shape("Mixed_7c")).isEqualTo(MIXED_7C);
    assertComputed(stream, "Mixed_7c", 2);
  }

  /** Slim fetches Mixed_7c only: its auxiliary logits could not be squeezed at these sizes. */
  @Test
  void globalPoolUnknownImageShape() {
    assertGlobalPool(330, 400, 1, Shape.of(8, 11, 2048));
    assertGlobalPool(400, 600, 2, Shape.of(11, 17, 2048));
  }

  private static void assertGlobalPool(int height, int width, int batch, Shape mixed7c) {
    Builder options = withoutArgScope(1000).globalPool();
    assertThatThrownBy(() -> InceptionV3.network(height, width, options.build()))
        .hasMessageContaining("cannot squeeze AuxLogits");
    Graph graph = InceptionV3.network(height, width, options.withoutAuxLogits().build());
    assertThat(graph.endPoint("Logits").shape()).isEqualTo(Shape.of(1000));
    NetworkStream stream = FormulaRun.of(graph, batch, "Mixed_7c");
    assertThat(stream.shape("Mixed_7c")).isEqualTo(mixed7c);
    assertComputed(stream, "Mixed_7c", batch);
  }

  /** Slim's spelling is UnknowBatchSize. A stream of three runs one image. */
  @Test
  void unknownBatchSize() {
    Graph graph = network(299, withoutArgScope(1000).depthMultiplier(0.25));
    assertThat(graph.endPoint("Logits").node().scope()).startsWith("InceptionV3/Logits");
    NetworkStream stream = FormulaRun.of(graph, 3, "Logits");
    stream.run(1);
    assertThat(stream.shape("Logits")).isEqualTo(Shape.of(1000));
    assertComputed(stream, "Logits", 1);
  }

  @Test
  void evaluation() {
    Graph graph = network(299, withoutArgScope(1000).depthMultiplier(0.25));
    assertArgmaxOfEach(FormulaRun.of(graph, 2, "Logits"), 2);
  }

  /** Slim trains on five images and evaluates two with the same variables. */
  @Test
  void trainEvalWithReuse() {
    Graph graph = network(150, withoutArgScope(1000).depthMultiplier(0.25));
    NetworkStream stream = FormulaRun.of(graph, 5, "Logits");
    assertArgmaxOfEach(stream, 5);
    float[] first = stream.result("Logits", 0);
    stream.run(2);
    assertArgmaxOfEach(stream, 2);
    assertThat(stream.result("Logits", 0)).isEqualTo(first);
  }

  @Test
  void logitsNotSqueezed() {
    Graph graph = network(299, withoutArgScope(25).withoutSpatialSqueeze().depthMultiplier(0.25));
    NetworkStream stream = FormulaRun.of(graph, 1, "Logits");
    assertThat(stream.shape("Logits")).isEqualTo(Shape.of(1, 1, 25));
    assertComputed(stream, "Logits", 1);
  }

  @Test
  void noBatchNormScaleByDefault() {
    assertThat(variables(InceptionV3Options.builder(1000)))
        .hasSizeGreaterThan(300)
        .noneMatch(name -> name.endsWith("/BatchNorm/gamma"));
  }

  @Test
  void batchNormScale() {
    Builder options = InceptionV3Options.builder(1000);
    List<String> names = variables(options.normalization(Normalization.BATCH_NORM_WITH_SCALE));
    assertThat(names).filteredOn(name -> name.endsWith("/BatchNorm/gamma")).hasSize(96);
    assertThat(names)
        .filteredOn(name -> name.endsWith("/BatchNorm/moving_mean"))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(names).contains(name.replace("moving_mean", "gamma")));
  }

  private static List<String> variables(Builder options) {
    return network(299, options).variables().stream().map(Variable::name).toList();
  }

  private static List<String> names(Graph graph) {
    return graph.endPoints().stream().map(EndPoint::name).toList();
  }

  private static EndPoint last(Graph graph) {
    return List.copyOf(graph.endPoints()).get(graph.endPoints().size() - 1);
  }

  /** That a result is there: finite, not all alike, another one for each image. */
  private static void assertComputed(NetworkStream stream, String endPoint, int images) {
    for (int image = 0; image < images; image++) {
      float[] values = stream.result(endPoint, image);
      assertThat(values).hasSize(stream.shape(endPoint).elements());
      assertThat(values[0]).isFinite();
      assertThat(Arrays.equals(values, new float[values.length])).isFalse();
      if (image > 0) {
        assertThat(values).isNotEqualTo(stream.result(endPoint, image - 1));
      }
    }
  }

  private static void assertArgmaxOfEach(NetworkStream stream, int images) {
    for (int image = 0; image < images; image++) {
      float[] logits = stream.result("Logits", image);
      int largest = 0;
      for (int i = 1; i < logits.length; i++) {
        largest = logits[i] > logits[largest] ? i : largest;
      }
      assertThat(logits).hasSize(1000);
      assertThat(logits[largest]).isFinite().isGreaterThan(logits[(largest + 1) % 1000]);
    }
  }

  private static final Map<String, Shape> SHAPES = new LinkedHashMap<>();

  static {
    SHAPES.put("Conv2d_1a_3x3", Shape.of(149, 149, 32));
    SHAPES.put("Conv2d_2a_3x3", Shape.of(147, 147, 32));
    SHAPES.put("Conv2d_2b_3x3", Shape.of(147, 147, 64));
    SHAPES.put("MaxPool_3a_3x3", Shape.of(73, 73, 64));
    SHAPES.put("Conv2d_3b_1x1", Shape.of(73, 73, 80));
    SHAPES.put("Conv2d_4a_3x3", Shape.of(71, 71, 192));
    SHAPES.put("MaxPool_5a_3x3", Shape.of(35, 35, 192));
    SHAPES.put("Mixed_5b", Shape.of(35, 35, 256));
    SHAPES.put("Mixed_5c", Shape.of(35, 35, 288));
    SHAPES.put("Mixed_5d", Shape.of(35, 35, 288));
    SHAPES.put("Mixed_6a", Shape.of(17, 17, 768));
    SHAPES.put("Mixed_6b", Shape.of(17, 17, 768));
    SHAPES.put("Mixed_6c", Shape.of(17, 17, 768));
    SHAPES.put("Mixed_6d", Shape.of(17, 17, 768));
    SHAPES.put("Mixed_6e", Shape.of(17, 17, 768));
    SHAPES.put("Mixed_7a", Shape.of(8, 8, 1280));
    SHAPES.put("Mixed_7b", Shape.of(8, 8, 2048));
    SHAPES.put("Mixed_7c", Shape.of(8, 8, 2048));
  }
}
