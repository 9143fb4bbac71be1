package org.inceptionspark.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Search chooses between vector and scalar code as the kernels do, whose tests cover all JVMs. */
class ProductsChoiceTest {
  /** What runs in the other JVM. */
  public static final class Choice {
    private Choice() {}

    public static void main(String[] args) {
      float[] three = {1, 2, 2};
      System.out.println(
          Products.best().getClass().getSimpleName() + Products.best().dot(three, three));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:TieredStopAtLevel=1, ScalarProducts9.0",
    "-XX:MaxVectorSize=8, ScalarProducts9.0",
    "-Dnothing=special, VectorProducts9.0"
  })
  void vectorsOnlyWhereTheyAreFast(String flag, String expected) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                flag,
                "-cp",
                System.getProperty("java.class.path"),
                Choice.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said.lines()).last().isEqualTo(expected);
  }
}
