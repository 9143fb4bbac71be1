package org.inceptionspark.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of kernels in JVMs whose flags make the Vector API slow or take it away. */
class VectorApiTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  /** What runs in the other JVM: the choice, and a call of what was chosen. */
  public static final class Choice {
    private Choice() {}

    public static void main(String[] args) {
      Kernels kernels = KernelSelector.select(KernelChoice.valueOf(args[0]));
      System.out.println(kernels.description());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:TieredStopAtLevel=1, C1 only",
    "-Xint, compiles nothing",
    "-XX:-EnableVectorSupport, switched off",
    "-XX:MaxVectorSize=8, 64 bits",
    "-XX:-UseFMA, no fused multiply-add",
    "-Dinceptionspark.vector.bits=100, needed 128"
  })
  void whereVectorsAreSlowTheChoiceIsScalarAndTheCureIsNamed(String flag, String reason)
      throws Exception {
    String said = run("AUTO", MODULE, "-XX:+UnlockExperimentalVMOptions", flag);
    assertThat(said).contains("scalar, some ten times slower").contains(reason);
    assertThat(said.lines()).last().isEqualTo("scalar");
  }

  @Test
  void whereNoSettingTellsTheClockDoes() throws Exception {
    String said =
        run(
            "AUTO",
            MODULE,
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:DisableIntrinsic=_VectorTernaryOp");
    assertThat(said).contains("makes no fast code").endsWith("scalar\n");
  }

  @Test
  void withoutTheModuleTheChoiceIsScalar() throws Exception {
    assertThat(run("AUTO")).contains("--add-modules jdk.incubator.vector").endsWith("scalar\n");
  }

  @Test
  void otherwiseItIsVectors() throws Exception {
    assertThat(run("AUTO", MODULE).lines()).last().asString().startsWith("vector, ");
  }

  @Test
  void whoDemandsVectorsIsToldWhyThereAreNone() throws Exception {
    assertThat(run("VECTOR")).contains("no vector kernels: start the JVM with --add-modules");
    assertThat(run("VECTOR", MODULE, "-XX:MaxVectorSize=8"))
        .contains("no vector kernels: this JVM's vectors have 64 bits")
        .doesNotContain("ExceptionInInitializerError");
    assertThat(run("VECTOR", MODULE, "-XX:TieredStopAtLevel=1")).contains("vector, ");
  }

  private static String run(String choice, String... flags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Choice.class.getName(), choice));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
