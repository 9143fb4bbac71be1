package org.inceptionspark.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.junit.jupiter.api.Test;

class HeadGradientTest {
  /** Two features, three hidden units of which the image turns on two, two classes. */
  private static final Map<String, Tensor> HEAD =
      Map.of(
          "InceptionV3/Logits/Dense_1/weights",
          tensor(2, 3, 1, -1, 2, 3, 1, -4),
          "InceptionV3/Logits/Dense_1/biases",
          new Tensor(Shape.of(3), new float[] {5, 6, 7}),
          "InceptionV3/Logits/Conv2d_1c_1x1/weights",
          tensor(3, 2, 1, 10, 2, 20, 3, 30),
          "InceptionV3/Logits/Conv2d_1c_1x1/biases",
          new Tensor(Shape.of(2), new float[] {8, 9}));

  private static final float[] PRELOGITS = {1, 3};

  @Test
  void goesThroughTheUnitsThatTheImageTurnsOnOnly() {
    // Hidden: 1 + 9 + 5 = 15, -1 + 3 + 6 = 8, 2 - 12 + 7 = -3, which is off.
    HeadGradient gradient = HeadGradient.of(HEAD, 1, PRELOGITS, 1);
    assertThat(gradient.weights()).containsExactly(10 - 20, 30 + 20);
    assertThat(gradient.bias()).isEqualTo(9 + 5 * 10 + 6 * 20);
    double logit = gradient.weights()[0] + 3 * gradient.weights()[1] + gradient.bias();
    assertThat(logit).isEqualTo(15 * 10 + 8 * 20 + 9);
  }

  @Test
  void aHeadWithoutHiddenLayersIsItsOwnGradient() {
    Map<String, Tensor> linear =
        Map.of(
            "InceptionV3/Logits/Conv2d_1c_1x1/weights",
            tensor(2, 2, 1, 2, 3, 4),
            "InceptionV3/Logits/Conv2d_1c_1x1/biases",
            new Tensor(Shape.of(2), new float[] {5, 6}));
    HeadGradient gradient = HeadGradient.of(linear, 0, PRELOGITS, 0);
    assertThat(gradient.weights()).containsExactly(1, 3);
    assertThat(gradient.bias()).isEqualTo(5);
  }

  @Test
  void placesShareTheAverage() {
    HeadGradient gradient = new HeadGradient(new double[] {1, 10}, 0);
    float[] twoPlaces = {1, 2, 3, 4};
    assertThat(gradient.contributions(twoPlaces)).containsExactly(10.5f, 21.5f);
  }

  private static Tensor tensor(int in, int out, float... values) {
    return new Tensor(Shape.of(1, 1, in, out), values);
  }
}
