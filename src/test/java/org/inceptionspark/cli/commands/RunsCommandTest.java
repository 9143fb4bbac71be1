package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.cli.output.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {
  private static final String FAILED =
      """
      {"run_id": "20260102T020000Z-b", "status": "FAILED", "failure": "labels into x: token=abc refused",
       "started": "2026-01-02T02:00:00.500Z", "seconds": 12.5, "listed": 1200, "skipped": 1000, "reused": 10,
       "left": 90, "images": 100, "counts": {"LABELLED": 97, "CORRUPT": 2, "UNREADABLE": 1},
       "images_per_second": 8, "model": "0123456789abcdef", "of_a_later_version": 1}
      """;
  private static final String DONE =
      """
      {"run_id": "20260101T020000Z-a", "status": "DONE", "started": "2026-01-01T02:00:00Z", "seconds": 3,
       "listed": 5, "images": 5, "counts": {"LABELLED": 5}, "images_per_second": 1.66, "model": "0123456789abcdef"}
      """;

  @TempDir static Path table;

  @BeforeAll
  static void write() throws IOException {
    Path runs = Files.createDirectory(table.resolve("_runs"));
    Files.writeString(runs.resolve("20260102T020000Z-b.json"), FAILED);
    Files.writeString(runs.resolve("20260101T020000Z-a.json"), DONE);
  }

  @Test
  void aLineForEachRunTheNewestLast() {
    CommandLineRun run = CommandLineRun.of("runs", table.toString());
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "start                 seconds  status  listed  skipped  reused  labelled  errors                   left  images/s  model     run",
            "2026-01-01T02:00:00Z      3.0  done         5        0       0         5  0                           0       1.7  01234567  20260101T020000Z-a",
            "2026-01-02T02:00:00Z     12.5  failed   1,200    1,000      10        97  2 CORRUPT, 1 UNREADABLE    90       8.0  01234567  20260102T020000Z-b",
            "  failed: labels into x: token=*** refused");
  }

  @Test
  void onlyTheLast() {
    CommandLineRun run = CommandLineRun.of("runs", "--table", table.toString(), "--last", "1");
    assertThat(run.out()).contains("20260102T020000Z-b").doesNotContain("20260101T020000Z-a");
  }

  @Test
  void asJson() throws IOException {
    JsonNode runs =
        new ObjectMapper().readTree(CommandLineRun.of("runs", table.toString(), "--json").out());
    assertThat(runs.findValuesAsText("run_id"))
        .isEqualTo(List.of("20260101T020000Z-a", "20260102T020000Z-b"));
    assertThat(runs.get(1).get("counts").get("CORRUPT").asInt()).isEqualTo(2);
  }

  @Test
  void aTableWithoutRuns() {
    CommandLineRun run = CommandLineRun.of("runs", table.resolve("absent").toString());
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err())
        .isEqualTo(
            "inception-spark runs: "
                + table.resolve("absent")
                + " has no records of runs in _runs"
                + System.lineSeparator());
  }

  @Test
  void lastMustBeOne() {
    CommandLineRun run = CommandLineRun.of("runs", table.toString(), "--last", "0");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("--last must be at least 1, found 0");
  }
}
