package org.inceptionspark.inception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inceptionspark.inception.InceptionV3Options.Builder;
import org.inceptionspark.nn.EndPoint;
import org.inceptionspark.nn.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slim's arguments: what they do to widths and end points, and which values are refused. */
class InceptionV3OptionsTest {
  private static Builder options() {
    return InceptionV3Options.builder(1000);
  }

  @ParameterizedTest(name = "multiplier {0}")
  @CsvSource({
    "0.1, 16 16 16 16 16 19 19 64 64 64 118 76 76 76 76 127 203 203",
    "0.25, 16 16 16 16 20 48 48 72 72 72 192 192 192 192 192 320 512 512",
    "0.5, 16 16 32 32 40 96 96 128 144 144 384 384 384 384 384 640 1024 1024",
    "0.75, 24 24 48 48 60 144 144 192 216 216 576 576 576 576 576 960 1536 1536",
    "1.0, 32 32 64 64 80 192 192 256 288 288 768 768 768 768 768 1280 2048 2048",
    "2.0, 64 64 128 128 160 384 384 512 576 576 1536 1536 1536 1536 1536 2560 4096 4096"
  })
  void depthMultiplier(double multiplier, String widths) {
    assertThat(widths(options().depthMultiplier(multiplier)))
        .isEqualTo(Arrays.stream(widths.split(" ")).map(Integer::valueOf).toList());
  }

  @Test
  void productsAreCutOff() {
    InceptionV3Options options = options().depthMultiplier(0.33).minDepth(1).build();
    assertThat(options.depth(48)).isEqualTo(15);
    assertThat(options.depth(3)).isEqualTo(1);
  }

  @Test
  void minDepthHoldsAtMultiplierOneToo() {
    List<Integer> widths = widths(options().minDepth(64));
    assertThat(widths.subList(0, 5)).containsExactly(64, 64, 64, 64, 80);
    assertThat(widths.get(7)).as("Mixed_5b with a pool branch of 64").isEqualTo(288);
  }

  @Test
  void minDepthDoesNotHoldForClasses() {
    Graph graph = InceptionV3.network(299, 299, InceptionV3Options.builder(3).build());
    assertThat(graph.endPoint("Logits").shape().lastDimension()).isEqualTo(3);
    assertThat(graph.endPoint("AuxLogits").shape().lastDimension()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, -0.1, Double.NaN, Double.NEGATIVE_INFINITY})
  void depthMultiplierMustBeAboveZero(double multiplier) {
    assertThatThrownBy(() -> options().depthMultiplier(multiplier).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depth_multiplier is not greater than zero: found " + multiplier);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.MAX_VALUE, 1e7})
  void depthMultiplierMustLeaveSensibleWidths(double multiplier) {
    assertThatThrownBy(() -> options().depthMultiplier(multiplier).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depth_multiplier is too large: found " + multiplier);
  }

  @Test
  void countsMustBeInRange() {
    assertThatThrownBy(() -> InceptionV3Options.of(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("num_classes must be at least 0 (0: features only): found -1");
    assertThatThrownBy(() -> options().minDepth(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("min_depth must be at least 1: found 0");
    assertThatThrownBy(() -> options().hiddenUnits(List.of(128, 0)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a hidden layer must have at least 1 unit: found 0");
  }

  @Test
  void unknownEndPointsAreNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> InceptionV3.base(299, 299, InceptionV3Options.of(0), "Mixed_8a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Unknown final endpoint Mixed_8a; ")
        .hasMessageContaining("Conv2d_1a_3x3")
        .hasMessageContaining("Mixed_7c");
    Graph features = InceptionV3.network(299, 299, InceptionV3Options.of(0));
    assertThatThrownBy(() -> features.endPoint("Logits"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("unknown end point Logits; ")
        .hasMessageContaining("AvgPool_1a");
  }

  @Test
  void auxiliaryLogitsAreAllThatCreateAuxLogitsRemoves() {
    List<String> all = names(options());
    List<String> without = names(options().withoutAuxLogits());
    List<String> expected = new ArrayList<>(all);
    assertThat(expected.remove("AuxLogits")).isTrue();
    assertThat(without).isEqualTo(expected);
  }

  @Test
  void endPointsOfTheHeads() {
    assertThat(names(options()).subList(18, 23))
        .containsExactly("AuxLogits", "AvgPool_1a", "PreLogits", "Logits", "Predictions");
    assertThat(names(options().globalPool())).contains("global_pool").doesNotContain("AvgPool_1a");
    assertThat(names(InceptionV3Options.builder(0))).hasSize(19).endsWith("AvgPool_1a");
    assertThat(names(InceptionV3Options.builder(0).globalPool()))
        .hasSize(19)
        .endsWith("global_pool");
  }

  private static List<Integer> widths(Builder options) {
    return InceptionV3.base(299, 299, options.build()).endPoints().stream()
        .map(endPoint -> endPoint.shape().lastDimension())
        .toList();
  }

  private static List<String> names(Builder options) {
    return InceptionV3.network(299, 299, options.build()).endPoints().stream()
        .map(EndPoint::name)
        .toList();
  }
}
