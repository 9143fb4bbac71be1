package org.inceptionspark.inception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.inceptionspark.inception.InceptionV3Options.Builder;
import org.inceptionspark.nn.Graph;
import org.inceptionspark.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which image sizes Slim's network takes, and what its maps become. */
class ImageSizesTest {
  private static Builder options() {
    return InceptionV3Options.builder(1000);
  }

  private static Builder whole() {
    return options().withoutSpatialSqueeze();
  }

  /** The maps of Mixed_6e, Mixed_7c, AuxLogits (0: no auxiliary head fits) and the last pool. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "75, 3, 1, 0, 1",
    "90, 3, 1, 0, 1",
    "106, 4, 1, 0, 1",
    "107, 5, 2, 1, 1",
    "139, 7, 3, 1, 1",
    "155, 8, 3, 1, 1",
    "171, 9, 4, 1, 1",
    "224, 12, 5, 1, 1",
    "266, 14, 6, 1, 1",
    "298, 16, 7, 1, 1",
    "299, 17, 8, 1, 1",
    "330, 18, 8, 1, 1",
    "331, 19, 9, 1, 1",
    "346, 19, 9, 1, 1",
    "347, 20, 9, 2, 1",
    "362, 20, 9, 2, 1",
    "363, 21, 10, 2, 2",
    "395, 23, 11, 3, 2",
    "512, 30, 14, 5, 4"
  })
  void maps(int size, int mixed6, int mixed7, int aux, int pooled) {
    Builder options = aux == 0 ? whole().withoutAuxLogits() : whole();
    Graph graph = InceptionV3.network(size, size, options.build());
    assertThat(graph.endPoint("Mixed_6e").shape()).isEqualTo(Shape.of(mixed6, mixed6, 768));
    assertThat(graph.endPoint("Mixed_7c").shape()).isEqualTo(Shape.of(mixed7, mixed7, 2048));
    assertThat(graph.endPoint("AvgPool_1a").shape()).isEqualTo(Shape.of(pooled, pooled, 2048));
    assertThat(graph.endPoint("Logits").shape()).isEqualTo(Shape.of(pooled, pooled, 1000));
    if (aux > 0) {
      assertThat(graph.endPoint("AuxLogits").shape()).isEqualTo(Shape.of(aux, aux, 1000));
    }
  }

  @Test
  void closedForms() {
    for (int size = 75; size < 700; size += 1) {
      Graph graph = InceptionV3.base(size, 299, InceptionV3Options.of(0));
      int first = (size - 1) / 2;
      assertThat(height(graph, "Conv2d_1a_3x3")).isEqualTo(first);
      assertThat(height(graph, "Conv2d_2b_3x3")).isEqualTo(first - 2);
      assertThat(height(graph, "Conv2d_3b_1x1")).isEqualTo((first - 3) / 2);
      assertThat(height(graph, "Conv2d_4a_3x3")).isEqualTo((first - 3) / 2 - 2);
      assertThat(height(graph, "Mixed_5d")).isEqualTo((size - 19) / 8);
      assertThat(height(graph, "Mixed_6e")).isEqualTo((size - 27) / 16);
      assertThat(height(graph, "Mixed_7c")).isEqualTo((size - 43) / 32);
    }
  }

  @Test
  void kernelsOfTheHeadsShrinkOnEachAxis() {
    Graph graph = InceptionV3.network(139, 155, options().build());
    assertThat(graph.endPoint("AvgPool_1a").node().scope()).endsWith("/AvgPool_1a_3x3");
    assertThat(graph.convolutions())
        .extracting(node -> node.scope())
        .contains("InceptionV3/AuxLogits/Conv2d_2a_1x2");
  }

  @Test
  void imagesNeedNotBeSquare() {
    Graph wide = InceptionV3.network(330, 400, whole().build());
    assertThat(wide.endPoint("Mixed_7c").shape()).isEqualTo(Shape.of(8, 11, 2048));
    assertThat(wide.endPoint("PreLogits").shape()).isEqualTo(Shape.of(1, 2, 2048));
    Graph wider = InceptionV3.network(400, 600, whole().build());
    assertThat(wider.endPoint("Mixed_6e").shape()).isEqualTo(Shape.of(23, 35, 768));
    assertThat(wider.endPoint("Mixed_7c").shape()).isEqualTo(Shape.of(11, 17, 2048));
    assertThat(wider.endPoint("AuxLogits").shape()).isEqualTo(Shape.of(3, 7, 1000));
    assertThat(wider.endPoint("PreLogits").shape()).isEqualTo(Shape.of(2, 5, 2048));
  }

  @Test
  void below75NothingFits() {
    for (int[] size : new int[][] {{74, 74}, {74, 299}, {299, 74}}) {
      assertThatThrownBy(() -> InceptionV3.base(size[0], size[1], InceptionV3Options.of(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("input too small: the 3x3 window of InceptionV3/Mixed_7a/")
          .hasMessageContaining("(VALID) does not fit a map of ")
          .hasMessageContaining("2");
    }
    assertThatThrownBy(() -> InceptionV3.base(1, 1, InceptionV3Options.of(0)))
        .hasMessageContaining("Conv2d_1a_3x3")
        .hasMessageEndingWith("a map of 1x1");
  }

  @Test
  void below107TheAuxiliaryHeadDoesNotFit() {
    assertThatThrownBy(() -> InceptionV3.network(106, 106, options().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "input too small: the 5x5 window of InceptionV3/AuxLogits/AvgPool_1a_5x5 (VALID)"
                + " does not fit a map of 4x4");
    assertThat(InceptionV3.network(107, 107, options().build()).endPoint("AuxLogits").shape())
        .isEqualTo(Shape.of(1000));
  }

  @Test
  void above346AuxiliaryLogitsCannotBeSqueezed() {
    InceptionV3.network(346, 346, options().build());
    assertThatThrownBy(() -> InceptionV3.network(347, 347, options().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot squeeze AuxLogits: its map is 2x2, needed 1x1")
        .hasMessageContaining("create_aux_logits=false");
  }

  @Test
  void above362OnlyAGlobalPoolGivesOneRow() {
    InceptionV3.network(362, 362, options().withoutAuxLogits().build());
    assertThatThrownBy(() -> InceptionV3.network(363, 363, options().withoutAuxLogits().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot squeeze Logits: its map is 2x2, needed 1x1")
        .hasMessageContaining("global_pool=true");
    Graph pooled = InceptionV3.network(363, 363, options().withoutAuxLogits().globalPool().build());
    assertThat(pooled.endPoint("global_pool").shape()).isEqualTo(Shape.of(1, 1, 2048));
    assertThatThrownBy(() -> InceptionV3.network(363, 363, options().globalPool().build()))
        .hasMessageContaining("cannot squeeze AuxLogits");
  }

  private static int height(Graph graph, String endPoint) {
    return graph.endPoint(endPoint).shape().dimension(0);
  }
}
