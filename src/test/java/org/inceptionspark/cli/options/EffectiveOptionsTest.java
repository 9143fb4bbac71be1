package org.inceptionspark.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class EffectiveOptionsTest {
  private enum Choice {
    LEFT
  }

  @SuppressWarnings("unused") // read by picocli
  @Command(name = "sample")
  private static final class Sample {
    @Option(names = "--given")
    Optional<String> given;

    @Option(names = "--absent")
    Optional<String> absent;

    @Option(names = "--choice")
    Choice choice = Choice.LEFT;

    @Option(names = "--several", split = ",")
    List<String> several;
  }

  @Test
  void readsAsWrittenOnTheCommandLine() {
    CommandLine line = new CommandLine(new Sample());
    line.parseArgs("--given=here", "--several=a,b");
    assertThat(EffectiveOptions.of(line.getCommandSpec()))
        .isEqualTo(Map.of("given", "here", "choice", "left", "several", "a,b"));
  }
}
