package org.inceptionspark.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inceptionspark.learn.ConfusionMatrix.Cell;
import org.junit.jupiter.api.Test;

/** Figures that were worked out by hand. */
class ConfusionMatrixTest {
  /** 10 cats, of which 7 are taken for cats; 5 dogs, 4 of them; no boats, but 2 taken for boats. */
  private static final ConfusionMatrix MATRIX =
      new ConfusionMatrix(
          List.of(
              new Cell("cat", "cat", 7),
              new Cell("cat", "dog", 2),
              new Cell("cat", "boat", 1),
              new Cell("dog", "dog", 4),
              new Cell("dog", "boat", 1)));

  @Test
  void accuracyIsTheShareOnTheDiagonal() {
    assertThat(MATRIX.images()).isEqualTo(15);
    assertThat(MATRIX.right()).isEqualTo(11);
    assertThat(MATRIX.accuracy()).isEqualTo(11.0 / 15);
  }

  @Test
  void precisionIsAlongColumnsAndRecallAlongRows() {
    assertThat(MATRIX.precision("cat")).hasValue(1.0);
    assertThat(MATRIX.recall("cat")).hasValue(0.7);
    assertThat(MATRIX.precision("dog")).hasValue(4.0 / 6);
    assertThat(MATRIX.recall("dog")).hasValue(0.8);
  }

  @Test
  void aClassThatIsOnlyPredictedHasNoRecall() {
    assertThat(MATRIX.classes()).containsExactly("boat", "cat", "dog");
    assertThat(MATRIX.support("boat")).isZero();
    assertThat(MATRIX.precision("boat")).hasValue(0.0);
    assertThat(MATRIX.recall("boat")).isEmpty();
    assertThat(MATRIX.count("cat", "boat")).isEqualTo(1);
  }
}
