package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.page.SelfContained;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir static Path directory;

  private static String table;

  @BeforeAll
  static void label() {
    table = directory.resolve("labels").toString();
    CommandLineRun run =
        CommandLineRun.of(
            "label",
            "--input",
            "src/quickstart/photos/fig.jpg",
            "--output",
            table,
            "--weights",
            TinyModel.checkpoint().toString(),
            "--run-date",
            "2026-01-31");
    assertThat(run.code()).as(run.err()).isZero();
  }

  @Test
  void writesThePage() throws IOException {
    Path page = directory.resolve("report.html");
    CommandLineRun run =
        CommandLineRun.of(
            "report",
            "--table",
            table,
            "--output",
            page.toString(),
            "--weights",
            TinyModel.checkpoint().toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo("written to " + page + "\n");
    String html = Files.readString(page);
    SelfContained.check(html);
    assertThat(html).contains("Night of 2026-01-31", "what speaks for ");
  }

  @Test
  void writesToStorageByItsUri() throws IOException {
    Path page = directory.resolve("by-uri.html");
    CommandLineRun run =
        CommandLineRun.of("report", "--table", table, "--output", page.toUri().toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>");
  }

  @Test
  void jsonNeedsNoFile() throws IOException {
    CommandLineRun run = CommandLineRun.of("report", "--table", table, "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("night").asText()).isEqualTo("2026-01-31");
    assertThat(json.path("totals").path("counts").path("LABELLED").asInt()).isEqualTo(1);
    assertThat(json.path("before").isNull()).isTrue();
  }

  @Test
  void theLabellingJobWritesItToo() throws IOException {
    Path page = directory.resolve("of-the-job.html");
    CommandLineRun run = label("job-labels", page);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).endsWith("report in " + page + System.lineSeparator());
    assertThat(Files.readString(page)).contains("Night of 2026-01-31", "what speaks for ");
  }

  @Test
  void aPageThatCannotBeWrittenLeavesTheLabels() {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")));
    CommandLineRun run = label("kept-labels", Path.of("/dev/full"));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("no report, the labels stand: output /dev/full: the disk is full");
    assertThat(directory.resolve("kept-labels/_SUCCESS")).exists();
  }

  @Test
  void aPageWithoutADirectoryIsFoundBeforeTheWork() {
    Path page = directory.resolve("no/such/folder.html");
    CommandLineRun run = label("no-labels", page);
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.err())
        .endsWith("output " + page + ": there is no directory " + page.getParent() + "\n")
        .hasLineCount(1);
    assertThat(directory.resolve("no-labels")).doesNotExist();
  }

  private static CommandLineRun label(String output, Path report) {
    return CommandLineRun.of(
        "label",
        "--input",
        "src/quickstart/photos/fig.jpg",
        "--output",
        directory.resolve(output).toString(),
        "--weights",
        TinyModel.checkpoint().toString(),
        "--run-date",
        "2026-01-31",
        "--report",
        report.toString());
  }

  @Test
  void failuresAreOneLine() {
    assertThat(CommandLineRun.of("report", "--table", table).err())
        .startsWith("inception-spark report: Missing required option: '--output=FILE' (or --json)")
        .hasLineCount(1);
    CommandLineRun noNight =
        CommandLineRun.of("report", "--table", table, "--night", "2026-02-01", "--json");
    assertThat(noNight.code()).isEqualTo(1);
    assertThat(noNight.err())
        .isEqualTo(
            "inception-spark report: table "
                + table
                + " has no night 2026-02-01; it has 1, from 2026-01-31 to 2026-01-31"
                + System.lineSeparator());
  }
}
