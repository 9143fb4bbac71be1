package org.inceptionspark.cli.yarn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkArgumentsTest {
  @TempDir Path directory;

  @Test
  void filesOfTheUserStay() {
    SparkArguments spark =
        SparkArguments.of(
            List.of("--files", "a.txt,b.txt#c", "--load-spark-defaults", "--num-executors=3"));
    assertThat(spark.adding("--files", List.of("d")).list("--files"))
        .containsExactly("a.txt", "b.txt#c", "d");
    assertThat(spark.adding("--archives", List.of("z")).list("--archives")).containsExactly("z");
    assertThat(spark.adding("--archives", List.of())).isEqualTo(spark);
  }

  @Test
  void theLastWordWins() throws IOException {
    Path defaults = Files.writeString(directory.resolve("d"), "spark.a 1\nspark.b 1\nspark.c=1\n");
    Path own = Files.writeString(directory.resolve("o"), "spark.b  2 \nspark.c 2\nother 2\n");
    SparkConf conf =
        SparkArguments.of(
                List.of(
                    "--properties-file", own.toString(), "--conf=spark.c=3", "-c", "spark.d=a=b"))
            .settings(defaults);
    assertThat(conf.get("spark.a") + conf.get("spark.b") + conf.get("spark.c")).isEqualTo("123");
    assertThat(conf.get("spark.d")).isEqualTo("a=b");
    assertThat(conf.contains("other")).isFalse();
  }

  @Test
  void anOptionNeedsItsValue() {
    assertThatThrownBy(() -> SparkArguments.of(List.of("--queue")))
        .hasMessage("spark-submit: --queue has no value");
  }
}
