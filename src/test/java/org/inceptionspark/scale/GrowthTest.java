package org.inceptionspark.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.inceptionspark.scale.Growth.Measured;
import org.junit.jupiter.api.Test;

/** The check itself can fail. */
class GrowthTest {
  private static final long MB = 1 << 20;

  private static Growth growth(
      LongUnaryOperator cpuMillis, LongUnaryOperator results, LongUnaryOperator heap) {
    return new Growth(
        LongStream.of(100_000, 200_000, 400_000)
            .mapToObj(
                n ->
                    new Measured(
                        n,
                        1,
                        cpuMillis.applyAsLong(n) / 1e3,
                        new SparkWork.Counts(1, 10, results.applyAsLong(n), 0, 0, 0, 0, 0, 0, 0, 0),
                        0,
                        heap.applyAsLong(n),
                        Map.of()))
            .toList(),
        0);
  }

  @Test
  void whatIsInProportionOrHeldOnceIsRight() {
    Growth growth = growth(n -> n / 50, n -> 100_000, n -> 200 * MB + (n == 200_000 ? 2 * MB : 0));
    assertThat(growth.exponent()).isCloseTo(1, within(1e-9));
    assertThat(growth.faults()).isEmpty();
  }

  @Test
  void pairsAreFound() {
    assertThat(growth(n -> n * n / 1_000_000, n -> 0, n -> 0).exponent())
        .isCloseTo(2, within(1e-9));
    assertThat(growth(n -> (long) Math.pow(n, 1.2), n -> 0, n -> 0).faults())
        .isEqualTo(List.of("GROWS FASTER THAN N"));
  }

  @Test
  void whatComesToTheDriverIsFound() {
    assertThat(growth(n -> n, n -> 10 * n, n -> 0).faults())
        .isEqualTo(List.of("SENDS ALL TO THE DRIVER"));
  }

  @Test
  void whatTheDriverHoldsIsFound() {
    assertThat(growth(n -> n, n -> 0, n -> 200 * MB + 30 * n).faults())
        .isEqualTo(List.of("HOLDS ALL ON THE DRIVER"));
  }
}
