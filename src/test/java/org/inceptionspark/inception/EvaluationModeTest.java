package org.inceptionspark.inception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.goldens.Formula;
import org.inceptionspark.goldens.FormulaRun;
import org.inceptionspark.inception.InceptionV3Options.Builder;
import org.inceptionspark.kernels.KernelChoice;
import org.inceptionspark.kernels.KernelSelector;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.nn.Layer.Divisor;
import org.inceptionspark.nn.Normalization;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;
import org.inceptionspark.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** What holds between the results of one run in evaluation, at an eighth of the width. */
class EvaluationModeTest {
  private static Builder options() {
    return InceptionV3Options.builder(10).depthMultiplier(0.125);
  }

  private static NetworkStream run(Builder options, String... endPoints) {
    return FormulaRun.of(InceptionV3.network(299, 299, options.build()), 1, endPoints);
  }

  @Test
  void dropoutIsTheIdentity() {
    NetworkStream stream = run(options(), "AvgPool_1a", "PreLogits");
    assertThat(stream.result("PreLogits", 0)).isEqualTo(stream.result("AvgPool_1a", 0));
  }

  @Test
  void predictionsAreASoftmaxOfLogits() {
    NetworkStream stream = run(options(), "Logits", "Predictions");
    float[] logits = stream.result("Logits", 0);
    float[] predictions = stream.result("Predictions", 0);
    double sum = 0;
    for (float prediction : predictions) {
      sum += prediction;
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
    double odds = Math.exp((double) logits[3] - logits[7]);
    assertThat(predictions[3] / predictions[7] / odds).isCloseTo(1, within(1e-5));
  }

  @Test
  void theGlobalPoolOf299PixelsIsTheOrdinaryOne() {
    float[] global = run(options().globalPool(), "global_pool").result("global_pool", 0);
    assertThat(global).isEqualTo(run(options(), "AvgPool_1a").result("AvgPool_1a", 0));
  }

  @Test
  void resultsDoNotDependOnWhichOthersAreAskedFor() {
    NetworkStream alone = run(options(), "Logits");
    NetworkStream all = run(options(), names(options()));
    assertThat(all.result("Logits", 0)).isEqualTo(alone.result("Logits", 0));
    for (String name : names(options())) {
      assertThat(run(options(), name).result(name, 0)).as(name).isEqualTo(all.result(name, 0));
    }
  }

  /** A map of ones: the mean of what exists is one everywhere, over the whole window it is not. */
  @Test
  void averagesDivideByTheElementsThatExist() {
    assertThat(poolOfOnes(Divisor.EXISTING)).usingComparatorWithPrecision(1e-6f).containsOnly(1f);
    float[] window = poolOfOnes(Divisor.WINDOW);
    assertThat(window[0]).as("corner").isCloseTo(4 / 9f, within(1e-6f));
    assertThat(window[1]).as("edge").isCloseTo(6 / 9f, within(1e-6f));
    assertThat(window[36]).as("inside").isCloseTo(1f, within(1e-6f));
  }

  /** Branch_3 of Mixed_5b's first channel, where its input is 1 and its 1x1 convolution sums. */
  private static float[] poolOfOnes(Divisor divisor) {
    InceptionV3Options options =
        InceptionV3Options.builder(0)
            .depthMultiplier(0.125)
            .divisor(divisor)
            .normalization(Normalization.BIASES)
            .build();
    Graph graph = InceptionV3.base(299, 299, options, "Mixed_5b");
    Map<String, Tensor> variables = new HashMap<>(Formula.variables(graph.variables()));
    variables.replaceAll((name, tensor) -> constant(tensor, 0));
    variables.computeIfPresent(
        "InceptionV3/Conv2d_4a_3x3/biases", (name, tensor) -> constant(tensor, 1));
    variables.computeIfPresent(
        "InceptionV3/Mixed_5b/Branch_3/Conv2d_0b_1x1/weights",
        (name, tensor) -> constant(tensor, 1f / tensor.shape().dimension(2)));
    Network network =
        Network.build(
            graph, variables, List.of("Mixed_5b"), KernelSelector.select(KernelChoice.AUTO));
    NetworkStream stream = network.stream(1);
    stream.run(1);
    float[] map = stream.result("Mixed_5b", 0);
    int channels = stream.shape("Mixed_5b").lastDimension();
    float[] last = new float[map.length / channels];
    for (int pixel = 0; pixel < last.length; pixel++) {
      last[pixel] = map[pixel * channels + channels - 1];
    }
    return last;
  }

  private static Tensor constant(Tensor like, float value) {
    float[] data = new float[like.data().length];
    Arrays.fill(data, value);
    return new Tensor(like.shape(), data);
  }

  private static String[] names(Builder options) {
    return InceptionV3.network(299, 299, options.build()).endPoints().stream()
        .map(endPoint -> endPoint.name())
        .toArray(String[]::new);
  }
}
