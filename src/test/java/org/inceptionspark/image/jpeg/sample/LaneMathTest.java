package org.inceptionspark.image.jpeg.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The Vector API gives what plain loops give, bit by bit. */
class LaneMathTest {
  private static final int LANES = 3 * LaneMath.STEP;
  private static final int STEP = LANES + LaneMath.STEP;
  private static final int ROWS = 8;

  private final Random random = new Random(4);

  private interface Step {
    void run(LaneMath math, int[] from, int[] to);
  }

  @Test
  void transforms() {
    for (int bits : new int[] {8, 12, 17, 31}) {
      same(bits, (math, from, to) -> math.transform8(from, 0, STEP, to, 0, STEP, LANES, 11));
      same(bits, (math, from, to) -> math.transform8(from, 0, STEP, to, 0, STEP, LANES, 18));
      same(bits, (math, from, to) -> math.transform4(from, 0, STEP, to, 0, STEP, LANES, 12));
      same(bits, (math, from, to) -> math.transform2(from, 0, STEP, to, 0, STEP, LANES, 20));
      same(bits, (math, from, to) -> math.round(from, 0, LANES, 3));
      same(bits, (math, from, to) -> math.limit(from, 0, STEP, ROWS, LANES));
    }
  }

  @Test
  void interpolates() {
    same(8, (math, from, to) -> math.blend(from, 1, from, STEP, 8, 4, to, 3, LANES));
  }

  @Test
  void makesColours() {
    int second = STEP;
    int third = 2 * STEP;
    same(8, (math, y, to) -> math.yccToRgb(y, 0, y, second, y, third, to, 5, LANES));
    same(8, (math, y, to) -> math.join(y, 0, y, second, y, third, to, 5, LANES));
    same(8, (math, key, to) -> math.insertFourth(key, 0, to, STEP, LANES));
    same(24, (math, pixels, to) -> math.invert(pixels, STEP, LANES));
    same(24, (math, pixels, to) -> math.pack(pixels, 0, STEP, LANES));
  }

  @Test
  void multipliesInks() {
    int[] pixels = numbers(24);
    int[] copy = pixels.clone();
    int[] key = numbers(8);
    new ScalarLaneMath().multiply(pixels, 0, key, 0, LANES);
    VectorLaneMath.create().multiply(copy, 0, key, 0, LANES);
    assertThat(copy).isEqualTo(pixels);
  }

  private void same(int bits, Step step) {
    int[] from = numbers(bits);
    int[] to = numbers(8);
    int[] sameFrom = from.clone();
    int[] sameTo = to.clone();
    step.run(new ScalarLaneMath(), from, to);
    step.run(VectorLaneMath.create(), sameFrom, sameTo);
    assertThat(sameFrom).isEqualTo(from);
    assertThat(sameTo).isEqualTo(to);
  }

  /** Without a sign up to 24 bits. */
  private int[] numbers(int bits) {
    int[] numbers = new int[(ROWS + 1) * STEP];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = random.nextInt() >>> 32 - bits;
      if (bits != 8 && bits != 24 && random.nextBoolean()) {
        numbers[i] = -numbers[i];
      }
    }
    return numbers;
  }
}
