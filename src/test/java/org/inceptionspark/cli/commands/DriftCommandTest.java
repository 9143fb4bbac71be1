package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.learn.SyntheticTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("site")
@Tag("slow")
class DriftCommandTest {
  @TempDir static Path directory;

  private static String table;
  private static String page;

  /** Two nights of the same kind of images, and a third of another. */
  @BeforeAll
  static void write() {
    SyntheticTable rows = new SyntheticTable();
    for (int i = 0; i < 60; i++) {
      int night = i / 20;
      float shift = night == 2 ? 3 : 0;
      float[] values = {(i * 7 % 20) / 20f + shift, (i * 3 % 20) / 20f, (i * 11 % 20) / 20f};
      String path = "file:/absent/" + i + ".jpg";
      rows.image(path, null, values, null, new Row[0], "2026-01-0" + (night + 1));
    }
    table = directory.resolve("table").toString();
    page = directory.resolve("clusters.html").toString();
    rows.table().write().partitionBy("run_date").parquet(table);
  }

  @Test
  void comparesTheNewestNightWithTheOneBefore() throws IOException {
    CommandLineRun run = CommandLineRun.of("drift", "--table", table, "--json", "--alarm", "5");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .containsPattern(
            "inception-spark drift: the distance of 2026-01-03 is 9\\.0000, more than --alarm 5.0");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.at("/frechet_distance").asDouble()).isCloseTo(9, within(1e-6));
    assertThat(json.at("/against").asText()).isEqualTo("2026-01-02");
    assertThat(json.at("/images").asInt()).isEqualTo(20);
  }

  @Test
  void aNightThatIsNotThereIsNamed() {
    fails("no rows of the night 2025-12-31", "drift", "--table", table, "--night", "2025-12-31");
    fails(
        "needed is a date such as 2026-01-31, found yesterday",
        "drift",
        "--table",
        table,
        "--night",
        "yesterday");
  }

  @Test
  void whereNothingCanBeWrittenIsFoundBeforeTheWork() throws IOException {
    String there = Files.createDirectories(directory.resolve("there")).toString();
    fails(
        "output " + there + " already exists",
        "cluster",
        "--table",
        table,
        "--k",
        "2",
        "--output",
        there);
    String page = directory.resolve("absent/page.html").toString();
    fails(
        "output " + page + ": there is no directory " + directory.resolve("absent"),
        "cluster",
        "--table",
        table,
        "--k",
        "2",
        "--html",
        page);
    fails(
        "output " + page + ": there is no directory",
        "search",
        "--table",
        table,
        "--query",
        "file:/absent/1.jpg",
        "--html",
        page);
    fails(
        "output " + there + " already exists",
        "search",
        "--table",
        table,
        "--queries",
        table,
        "--output",
        there);
    fails("output " + there + " is a directory", "report", "--table", table, "--output", there);
  }

  @Test
  void aTableWithoutRowsIsNone() throws IOException {
    String empty = Files.createDirectories(directory.resolve("empty")).toString();
    String absent = directory.resolve("nosuch").toString();
    for (String command : List.of("drift", "report")) {
      fails("table " + empty + " has no rows yet", command, "--table", empty, "--json");
      fails("table " + absent + " does not exist", command, "--table", absent, "--json");
    }
    fails("table " + absent + " does not exist", "sql", "--table", absent, "-e", "SELECT 1");
  }

  private static void fails(String message, String... arguments) {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertThat(run.err()).contains(message).hasLineCount(1);
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void nightsOfOneKindAreNear() {
    CommandLineRun run =
        CommandLineRun.of(
            "drift",
            "--table",
            table,
            "--night",
            "2026-01-02",
            "--against",
            "2026-01-01",
            "--alarm",
            "5");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Fréchet distance 0.0", "of 2026-01-02 (20 images) from 2026-01-01 (20 images)")
        .contains("By chance: two halves of 2026-01-01 are 0.");
  }

  @Test
  void tablesAreComparedWhole() {
    CommandLineRun run = CommandLineRun.of("drift", "--table", table, "--against-table", table);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("Fréchet distance 0.0000 of the table (60 images)");
  }

  @Test
  void theFirstNightHasNothingBefore() {
    CommandLineRun run = CommandLineRun.of("drift", "--table", table, "--night", "2026-01-01");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "inception-spark drift: there is no night before 2026-01-01 to compare with; say"
                + " another with --against");
  }

  @Test
  void clustersArePrintedAndWritten() throws IOException {
    String output = directory.resolve("clusters").toString();
    CommandLineRun run =
        CommandLineRun.of(
            "cluster", "--table", table, "--k", "2", "--html", page, "--output", output);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("60 images in 2 clusters", "page   " + page);
    assertThat(Files.readString(Path.of(page))).startsWith("<!DOCTYPE html>");
    assertThat(Path.of(output)).isDirectory();
    CommandLineRun json = CommandLineRun.of("cluster", "--table", table, "--k", "2", "--json");
    assertThat(new ObjectMapper().readTree(json.out()).at("/clusters/0/images").asInt())
        .isGreaterThan(20);
    CommandLineRun wrong = CommandLineRun.of("cluster", "--table", table, "--k", "99");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err())
        .contains("60 images with an embedding make no 99 clusters")
        .hasLineCount(1);
  }

  @Test
  void aNightNotesItsDriftInItsRecord() throws IOException {
    Path photos = Files.createDirectory(directory.resolve("photos"));
    String nights = directory.resolve("nights").toString();
    add(photos, "china", "fig", "chelsea", "dogs");
    CommandLineRun first = nightly(photos, nights, "2026-01-01", "0");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.err()).contains("no drift: there is no night before 2026-01-01");
    add(photos, "rocket", "hopper", "coffee");
    CommandLineRun second = nightly(photos, nights, "2026-01-02", "0");
    assertThat(second.code()).as(second.err()).isEqualTo(3);
    assertThat(second.err())
        .containsPattern("drift [0-9.]+ from 2026-01-01, more than --drift-alarm 0.0");
    RunRecord record = RunRecords.of(nights, new Configuration()).newestFirst().next();
    assertThat(record.runDate()).isEqualTo("2026-01-02");
    assertThat(record.drift().alarming()).isTrue();
    assertThat(record.drift().against()).isEqualTo("2026-01-01");
    assertThat(record.drift().images()).isEqualTo(3);
    assertThat(record.drift().againstImages()).isEqualTo(4);
  }

  private static void add(Path photos, String... names) throws IOException {
    for (String name : names) {
      Files.copy(Path.of("src/quickstart/photos", name + ".jpg"), photos.resolve(name + ".jpg"));
    }
  }

  private static CommandLineRun nightly(Path photos, String nights, String date, String alarm) {
    return CommandLineRun.of(
        "nightly",
        "--input",
        photos.toString(),
        "--output",
        nights,
        "--weights",
        TinyModel.checkpoint().toString(),
        "--run-date",
        date,
        "--drift-alarm",
        alarm);
  }
}
