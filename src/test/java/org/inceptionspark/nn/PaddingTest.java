package org.inceptionspark.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** TensorFlow's padding rules against their definition, over many sizes. */
class PaddingTest {
  /** The example of TensorFlow's documentation: 13 elements, a window of 6, a stride of 5. */
  @Test
  void documentedExample() {
    assertThat(Padding.VALID.outputSize(13, 6, 5)).isEqualTo(2);
    assertThat(Padding.SAME.outputSize(13, 6, 5)).isEqualTo(3);
    assertThat(Padding.SAME.before(13, 6, 5)).isEqualTo(1);
  }

  @Test
  void validCountsTheWindowsThatFit() {
    forRandomSizes(
        (input, kernel, stride) -> {
          int windows = 0;
          for (int start = 0; start + kernel <= input; start += stride) {
            windows++;
          }
          assertThat(Padding.VALID.outputSize(input, kernel, stride)).isEqualTo(windows);
          assertThat(Padding.VALID.before(input, kernel, stride)).isZero();
        });
  }

  @Test
  void sameStartsAWindowAtEveryStride() {
    forRandomSizes(
        (input, kernel, stride) -> {
          int windows = 0;
          for (int start = 0; start < input; start += stride) {
            windows++;
          }
          assertThat(Padding.SAME.outputSize(input, kernel, stride)).isEqualTo(windows);
        });
  }

  @Test
  void samePadsAsEvenlyAsItCanTheOddElementAtTheEnd() {
    forRandomSizes(
        (input, kernel, stride) -> {
          int before = Padding.SAME.before(input, kernel, stride);
          int lastWindow = (Padding.SAME.outputSize(input, kernel, stride) - 1) * stride - before;
          int after = lastWindow + kernel - input;
          assertThat(before).isGreaterThanOrEqualTo(0).isLessThan(kernel);
          if (after >= 0) {
            assertThat(after - before).isBetween(0, 1);
          } else {
            assertThat(before).as("nothing is missing, so nothing is padded").isZero();
          }
        });
  }

  private interface Sizes {
    void check(int input, int kernel, int stride);
  }

  private static void forRandomSizes(Sizes sizes) {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      sizes.check(1 + random.nextInt(400), 1 + random.nextInt(12), 1 + random.nextInt(6));
    }
  }
}
