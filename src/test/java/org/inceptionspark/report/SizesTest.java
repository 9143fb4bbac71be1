package org.inceptionspark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1000,1.0 kB",
    "9990,10.0 kB",
    "12345,12 kB",
    "999499,999 kB",
    "999500,1.0 MB",
    "1234567890123,1.2 TB",
    "9223372036854775807,9223 PB"
  })
  void areForPeople(long bytes, String words) {
    assertThat(Sizes.of(bytes)).isEqualTo(words);
  }
}
