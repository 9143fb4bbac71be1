package org.inceptionspark.labeler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.Region;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.labeler.ActivationMap.Head;
import org.inceptionspark.labels.LabelNames;
import org.inceptionspark.nn.Layer;
import org.inceptionspark.nn.Layer.Window;
import org.inceptionspark.nn.Node;
import org.inceptionspark.weights.ModelWeights;
import org.junit.jupiter.api.Test;

class ExplainerTest {
  private static final Path MODEL = Path.of("src/quickstart/model");
  private static final Path PHOTOS = Path.of("src/quickstart/photos");

  @Test
  void placesAndBiasOfALinearHeadMakeTheLogitOfEveryClass() throws Exception {
    Explainer explainer = Explainer.create(tiny());
    byte[] photo = photo("chelsea.jpg");
    for (int index = 0; index < 11; index++) {
      Explanation explanation = explainer.explain(photo, OptionalInt.of(index));
      assertThat(explanation.label().index()).isEqualTo(index);
      assertThat(explanation.map().head()).isEqualTo(Head.LINEAR);
      assertMakesTheLogit(explanation);
    }
  }

  @Test
  void placesAndBiasOfADenseHeadMakeTheLogitThroughTheActiveUnits() throws Exception {
    LabelerSpec spec =
        LabelerSpec.builder(ModelWeights.load(MODEL))
            .labels(LabelNames.read(MODEL.resolve("labels.txt")))
            .endPoints(List.of(Explainer.END_POINT))
            .build();
    assertThat(spec.weights().traits().hiddenUnits()).as("dense layers").isNotEmpty();
    Explainer explainer = Explainer.create(spec);
    for (String name : List.of("astronaut.jpg", "coffee.jpg")) {
      for (int index = 0; index < 5; index++) {
        Explanation explanation = explainer.explain(photo(name), OptionalInt.of(index));
        assertThat(explanation.map().head()).isEqualTo(Head.PIECEWISE_LINEAR);
        assertMakesTheLogit(explanation);
      }
    }
    Explanation best = explainer.explain(photo("astronaut.jpg"), OptionalInt.empty());
    assertThat(best.label()).isEqualTo(best.result().top().get(0));
    assertThat(best.label().label()).isEqualTo("neutral");
  }

  private static void assertMakesTheLogit(Explanation explanation) {
    double logit = explanation.logit();
    assertThat(explanation.map().logit())
        .as("sum for %s", explanation.label())
        .isCloseTo(logit, within(1e-4 * Math.max(1e-2, Math.abs(logit))));
  }

  /** Where places look, from the network's own windows: the border that the heat map leaves. */
  @Test
  void placesLieWhereTheStridesAndPaddingsPutThem() throws Exception {
    LabelerSpec spec = tiny();
    double[] centre = centre(spec.graph().endPoint(Explainer.END_POINT).node());
    assertThat(centre).containsExactly(37, 32);
    Explanation explanation =
        Explainer.create(spec).explain(photo("chelsea.jpg"), OptionalInt.empty());
    Region place = explanation.heat().place();
    // 451 x 300 pixels, of which Slim keeps 28 to 423 and 18 to 282.
    assertThat(explanation.heat().seen()).isEqualTo(new Region(28, 18, 423, 282));
    double firstColumn = place.left() + place.width() / 16;
    double firstRow = place.top() + place.height() / 16;
    assertThat(firstColumn).isCloseTo(28 + 37.5 / 299 * 395, within(1e-6));
    assertThat(firstRow).isCloseTo(18 + 37.5 / 299 * 264, within(1e-6));
    assertThat(place.width() / 8).isCloseTo(32 / 299.0 * 395, within(1e-6));
  }

  /** The input pixel at the centre of a node's first element, and the distance to the next. */
  private static double[] centre(Node node) {
    if (node.layer() instanceof Layer.Input) {
      return new double[] {0, 1};
    }
    double[] before = centre(node.input());
    Window window = window(node.layer());
    if (window == null) {
      return before;
    }
    double middle = (window.kernel().width() - 1) / 2.0 - window.left(node.input().output());
    return new double[] {before[0] + middle * before[1], before[1] * window.stride()};
  }

  private static Window window(Layer layer) {
    if (layer instanceof Layer.Convolution convolution) {
      return convolution.window();
    }
    if (layer instanceof Layer.MaxPool pool) {
      return pool.window();
    }
    return layer instanceof Layer.AveragePool pool ? pool.window() : null;
  }

  @Test
  void explainingChangesNothing() throws Exception {
    byte[] photo = photo("fig.jpg");
    LabelResult alone =
        ImageLabeler.create(TinyModel.spec()).stream(1).label(List.of(photo)).get(0);
    Explanation explanation = Explainer.create(tiny()).explain(photo, OptionalInt.empty());
    assertThat(explanation.result().logits()).isEqualTo(alone.logits());
    assertThat(tiny().fingerprint()).isEqualTo(TinyModel.spec().fingerprint());
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThatThrownBy(() -> Explainer.create(TinyModel.spec()))
        .hasMessage("explaining needs the end point Mixed_7c, found []");
    Explainer explainer = Explainer.create(tiny());
    byte[] photo = photo("fig.jpg");
    assertThatThrownBy(() -> explainer.explain(photo, OptionalInt.of(11)))
        .hasMessage("class 11: the model has classes 0 to 10");
    assertThatThrownBy(() -> explainer.explain(new byte[0], OptionalInt.empty()))
        .isInstanceOf(ImageException.class);
  }

  private static LabelerSpec tiny() {
    return TinyModel.builder().endPoints(List.of(Explainer.END_POINT)).build();
  }

  private static byte[] photo(String name) throws IOException {
    return Files.readAllBytes(PHOTOS.resolve(name));
  }
}
