package org.inceptionspark.cli.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a driver says to YARN is what the command that submitted it prints and exits with. */
class DriverReportTest {
  private static List<DriverReport> words() {
    return List.of(
        new DriverReport("", "", 0),
        new DriverReport("12 images\n", "", 0),
        new DriverReport("inception-spark label: no such file\n", "", 1),
        new DriverReport("labelled 3\nexit code 7 was in a name\n", "", 3),
        new DriverReport("note\n", "{\"a\": 1}\nexit code 9\n", 2),
        new DriverReport("", "a table\n", 0));
  }

  @ParameterizedTest
  @MethodSource("words")
  void comeBackAsTheyWere(DriverReport words) {
    assertThat(DriverReport.of(words.diagnostics(), 2)).isEqualTo(words);
  }

  @ParameterizedTest
  @MethodSource("words")
  void comeBackFromAnException(DriverReport words) {
    String sparks = "User class threw exception: " + words.diagnostics();
    assertThat(DriverReport.of(sparks, 2)).isEqualTo(words);
  }

  @Test
  void ofYarnItselfAreAFailure() {
    String killed = "Application application_1_2 failed 2 times due to AM Container ...";
    assertThat(DriverReport.of(killed, 2)).isEqualTo(new DriverReport(killed, "", 2));
    assertThat(DriverReport.of("", 0).exitCode()).isZero();
  }

  @Test
  void ofALongNightAreItsLastLines() throws IOException {
    StringWriter printed = new StringWriter();
    Transcript transcript = new Transcript(printed, 100);
    for (int i = 0; i < 1000; i++) {
      transcript.write("line " + i + "\n");
    }
    assertThat(printed.toString()).startsWith("line 0\n").endsWith("line 999\n");
    assertThat(transcript.text()).matches("(line \\d+\n)+").endsWith("line 999\n");
    assertThat(transcript.text().length()).isBetween(80, 100);
  }
}
