package org.inceptionspark.labeler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.inceptionspark.weights.file.Float16;
import org.junit.jupiter.api.Test;

class EmbeddingPrecisionTest {
  /** All values of float16 in ascending order. */
  private static final float[] HALVES = halves();

  private static float[] halves() {
    float[] positive = new float[0x7C00];
    IntStream.range(0, positive.length).forEach(i -> positive[i] = Float16.toFloat((short) i));
    return positive;
  }

  private static float rounded(float value) {
    return EmbeddingPrecision.FLOAT16.round(new float[] {value})[0];
  }

  @Test
  void float16ValuesStay() {
    for (float half : HALVES) {
      assertThat(rounded(half)).isEqualTo(half);
      assertThat(rounded(-half)).isEqualTo(-half);
    }
  }

  @Test
  void betweenTwoTheNearerAndOfEquallyNearTheEvenOne() {
    for (int i = 0; i + 1 < HALVES.length; i++) {
      float middle = (HALVES[i] + HALVES[i + 1]) / 2; // exact: it needs one bit more
      assertThat(rounded(middle)).isEqualTo(HALVES[i + i % 2]);
      assertThat(rounded(Math.nextDown(middle))).isEqualTo(HALVES[i]);
      assertThat(rounded(Math.nextUp(middle))).isEqualTo(HALVES[i + 1]);
      assertThat(rounded(-Math.nextUp(middle))).isEqualTo(-HALVES[i + 1]);
    }
  }

  @Test
  void finiteValuesStayFinite() {
    assertThat(rounded(65_519)).isEqualTo(65_504);
    assertThat(rounded(Float.MAX_VALUE)).isEqualTo(65_504);
    assertThat(rounded(-1e9f)).isEqualTo(-65_504);
    assertThat(rounded(Float.POSITIVE_INFINITY)).isInfinite();
    assertThat(rounded(Float.NaN)).isNaN();
    assertThat(rounded(Float.MIN_VALUE)).isZero();
  }

  @Test
  void float32IsAsComputed() {
    float[] values = {0.1f, 1 / 3f, Float.MIN_VALUE, -1e30f};
    assertThat(EmbeddingPrecision.FLOAT32.round(values.clone())).isEqualTo(values);
    assertThat(EmbeddingPrecision.FLOAT16.round(null)).isNull();
  }
}
