package org.inceptionspark.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopKTest {
  private static List<Integer> indices(List<Label> labels) {
    return labels.stream().map(Label::index).toList();
  }

  @Test
  void bestFirst() {
    List<Label> best =
        new TopK(2, LabelNames.numbered(4)).ofSoftmax(new float[] {0, 3, 1, (float) Math.log(2)});
    assertThat(indices(best)).containsExactly(1, 2);
    assertThat(best.get(0).label()).isEqualTo("1");
    double sum = 1 + Math.exp(3) + Math.exp(1) + 2;
    assertThat((double) best.get(0).probability()).isCloseTo(Math.exp(3) / sum, within(1e-7));
  }

  @Test
  void tiesGoToTheLowestNumber() {
    TopK three = new TopK(3, LabelNames.numbered(4));
    assertThat(indices(three.ofSoftmax(new float[] {1, 2, 2, 2}))).containsExactly(1, 2, 3);
    assertThat(indices(three.ofSigmoid(new float[] {-0f, 0f, 0f, -1}))).containsExactly(0, 1, 2);
  }

  @Test
  void orderSurvivesProbabilitiesThatRoundToOne() {
    assertThat(indices(new TopK(2, LabelNames.numbered(2)).ofSigmoid(new float[] {40, 41})))
        .containsExactly(1, 0);
  }

  @Test
  void largeLogitsDoNotOverflow() {
    assertThat(Probabilities.softmax(new float[] {1000, 1000, -1000}))
        .containsExactly(0.5f, 0.5f, 0f);
    assertThat(Probabilities.sigmoid(new float[] {-1000, 0, 1000})).containsExactly(0f, 0.5f, 1f);
  }

  @Test
  void fewerClassesThanAskedFor() {
    assertThat(new TopK(5, LabelNames.numbered(2)).ofSoftmax(new float[] {0, 1})).hasSize(2);
  }

  @Test
  void namesMustBeTheModels() {
    assertThatThrownBy(() -> new TopK(1, LabelNames.numbered(3)).ofSoftmax(new float[2]))
        .hasMessage(
            "labels numbers name 3 classes, the model has 2; the labels seem to start with"
                + " a background class that this model does not have: remove it");
    assertThatThrownBy(() -> new TopK(0, LabelNames.numbered(3)))
        .hasMessage("at least one label is needed, found 0");
  }
}
