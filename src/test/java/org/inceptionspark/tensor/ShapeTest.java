package org.inceptionspark.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void countsElements() {
    assertThat(Shape.of(3, 3, 288, 384).elements()).isEqualTo(995_328);
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.of(4, 0).elements()).isZero();
  }

  @Test
  void refusesWhatCannotBeHeld() {
    assertThatThrownBy(() -> Shape.of(2, -1)).hasMessage("negative dimension in shape [2, -1]");
    assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16))
        .hasMessage("shape [65536, 65536] has more than 2^31 - 1 elements");
  }

  @Test
  void tensorNeedsAsManyValuesAsItsShape() {
    assertThatThrownBy(() -> new Tensor(Shape.of(2, 3), new float[5]))
        .hasMessage("shape [2, 3] needs 6 values, found 5");
  }

  @Test
  void equalByValueAndReadable() {
    assertThat(Shape.of(1, 7)).isEqualTo(Shape.of(1, 7)).hasToString("[1, 7]");
  }
}
