package org.inceptionspark.goldens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.inceptionspark.tensor.Shape;
import org.junit.jupiter.api.Test;

/** The first values as NumPy computed them. */
class FormulaTest {
  @Test
  void weights() {
    float[] data =
        Formula.variable("InceptionV3/Conv2d_1a_3x3/weights", Shape.of(3, 3, 3, 32)).data();
    assertThat(Arrays.copyOf(data, 4))
        .containsExactly(
            -0.21151918172836304f,
            0.32307812571525574f,
            0.37229037284851074f,
            -0.3682025074958801f);
  }

  @Test
  void variance() {
    float[] data =
        Formula.variable("InceptionV3/Conv2d_1a_3x3/BatchNorm/moving_variance", Shape.of(32))
            .data();
    assertThat(Arrays.copyOf(data, 3))
        .containsExactly(1.176548957824707f, 1.155799388885498f, 1.1340851783752441f);
  }

  @Test
  void picture() {
    byte[] image = Formula.imageU8("u8/16x16", 16, 16);
    assertThat(Arrays.copyOf(image, 4)).containsExactly(66, 124, (byte) 152, (byte) 236);
  }

  @Test
  void smoothInput() {
    float[] input = Formula.smoothInput("full-299", 2, 299, 299);
    double sum = 0;
    for (float value : input) {
      sum += value;
    }
    assertThat(input[0]).isEqualTo(0.6605130434036255f);
    assertThat(input[input.length - 1]).isEqualTo(0.04540193825960159f);
    assertThat(sum).isCloseTo(-24659.205005517633, within(1e-6));
  }
}
