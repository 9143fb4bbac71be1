package org.inceptionspark.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FixedPointTest {
  @Test
  void sumsHaveNoOrderAndRoomForTheWorstCase() {
    for (double bound : new double[] {0.5, 1, 3, 1e4}) {
      for (long terms : new long[] {1, 1000, 1_000_000}) {
        FixedPoint fixed = FixedPoint.forSums(terms, bound);
        long largest = fixed.of(bound);
        assertThat(Math.multiplyExact(largest, terms)).isPositive();
        assertThat(fixed.value(largest)).isCloseTo(bound, within(bound * 1e-6));
      }
    }
  }

  @Test
  void forwardsAndBackwardsAreTheSame() {
    Random random = new Random(3);
    double[] terms = random.doubles(10_000, -1, 1).toArray();
    FixedPoint fixed = FixedPoint.forSums(terms.length, 1);
    long forwards = 0;
    long backwards = 0;
    double plain = 0;
    for (int i = 0; i < terms.length; i++) {
      forwards += fixed.of(terms[i]);
      backwards += fixed.of(terms[terms.length - 1 - i]);
      plain += terms[i];
    }
    assertThat(forwards).isEqualTo(backwards);
    assertThat(fixed.value(forwards)).isCloseTo(plain, within(1e-9));
  }
}
