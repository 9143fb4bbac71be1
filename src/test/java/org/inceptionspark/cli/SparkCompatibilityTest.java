package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SparkCompatibilityTest {
  @Test
  void knowsTheSparkThatItMeetsAndFitsIt() {
    SparkCompatibility found = SparkCompatibility.found().orElseThrow();

    assertThat(found.spark()).isEqualTo(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    assertThat(found.problem()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "4.1, 2.13, 4.1.0, 2.13.17",
    "4.1, 2.13, 4.1.4, 2.13.17",
    "4.1, 2.13, 4.2.1, 2.13.18",
    "4.1, 2.13, 4.10.0, 2.13.18",
    "4.0, 2.13, 4.0.5, 2.13.16",
    "3.5, 2.12, 3.5.9, 2.12.18",
    "3.5, 2.12, 3.5.3-amzn-1, 2.12.18",
    "3.5, 2.13, 3.5.6, 2.13.8",
  })
  void takesTheSparkOfItsLine(String line, String scalaLine, String spark, String scala) {
    assertThat(new SparkCompatibility(spark, scala, 17).problem(line, scalaLine)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "4.1, 2.13, 4.0.5, 2.13.16",
    "4.1, 2.13, 3.5.9, 2.12.18",
    "4.1, 2.13, 5.0.0, 2.13.18",
    "4.0, 2.13, 4.1.0, 2.13.17",
    "3.5, 2.12, 3.4.4, 2.12.17",
    "3.5, 2.12, 3.5.6, 2.13.8",
    "3.5, 2.13, 3.5.9, 2.12.18",
    "4.1, 2.13, nightly, 2.13.18",
  })
  void namesBothSparksWhereTheyDiffer(String line, String scalaLine, String spark, String scala) {
    assertThat(new SparkCompatibility(spark, scala, 17).problem(line, scalaLine).orElseThrow())
        .contains("built for Spark " + line, "Scala " + scalaLine)
        .contains("found: Spark " + spark + " with Scala " + scala)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({"4.1.0, 25, true", "4.1.0, 24, true", "4.1.0, 21, false", "4.2.1, 25, false"})
  void tellsOfAJavaThatSparkDoesNotRunOn(String spark, int java, boolean told) {
    assertThat(new SparkCompatibility(spark, "2.13.17", java).problem("4.1", "2.13").isPresent())
        .isEqualTo(told);
  }
}
