package org.inceptionspark.job.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.job.failure.RunException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {
  @TempDir Path table;

  private RunRecords records;

  @BeforeEach
  void open() throws IOException {
    records = RunRecords.of(table.toString(), new Configuration());
  }

  private CurrentRun run() {
    return new CurrentRun(
        new CurrentRun.Facts(
            "model", table.toString(), LocalDate.of(2026, 1, 31), "app", 2, Map.of("top", "5")),
        records);
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    CurrentRun run = run();
    run.planned(10, 3);
    run.reused(2, "magic");
    RunRecord done = run.done();
    assertThat(records.read(run.id())).contains(done);
    assertThat(done.status()).isEqualTo(RunStatus.DONE);
    assertThat(done.listed()).isEqualTo(10);
    assertThat(done.left()).isEqualTo(5);
    assertThat(done.commits()).isEqualTo(1);
    assertThat(done.counts()).containsOnlyKeys(Outcome.values());
    assertThat(done.options()).isEqualTo(Map.of("top", "5"));
  }

  /** A signal may come between the rows of a chunk and the record of them. */
  @Test
  void rowsThatAreInAreCountedThoughTheRunHasEnded() throws IOException {
    CurrentRun run = run();
    run.planned(10, 3);
    run.failed(new RunException("labels into x: interrupted", null));
    run.reused(2, "file");
    RunRecord failed = records.read(run.id()).orElseThrow();
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.failure()).isEqualTo("labels into x: interrupted");
    assertThat(failed.reused()).isEqualTo(2);
    assertThat(failed.left()).isEqualTo(5);
  }

  @Test
  void aFailedRunSaysWhy() throws IOException {
    CurrentRun run = run();
    run.planned(10, 3);
    run.failed(new RunException("labels into x: not found", null));
    RunRecord failed = records.read(run.id()).orElseThrow();
    assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
    assertThat(failed.failure()).isEqualTo("labels into x: not found");
    assertThat(failed.left()).isEqualTo(7);
  }

  /** Runs within a second or two: the random part of their ids has no order. */
  @Test
  void theNewestComesFirstAndWhatIsNoRecordNotAtAll() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      CurrentRun run = run();
      run.planned(i, 0);
      ids.add(0, run.id());
      Thread.sleep(5); // file times are milliseconds
    }
    Files.writeString(table.resolve("_runs/zzz.json"), "{ half");
    List<String> found = new ArrayList<>();
    records.newestFirst().forEachRemaining(record -> found.add(record.runId()));
    assertThat(found).isEqualTo(ids);
  }

  @Test
  void fieldsOfLaterVersionsAreNoMatter() throws IOException {
    CurrentRun run = run();
    run.planned(1, 0);
    Path file = table.resolve("_runs/" + run.id() + ".json");
    Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{\"later\": 1,"));
    assertThat(records.read(run.id())).isPresent();
  }

  @Test
  void outcomesOfLaterVersionsAreNoMatter() throws IOException {
    CurrentRun run = run();
    run.planned(10, 3);
    RunRecord written = run.done();
    Path file = table.resolve(RunRecords.DIRECTORY).resolve(run.id() + ".json");
    String json = Files.readString(file);
    Files.writeString(file, json.replace("\"counts\" : {", "\"counts\" : {\"DREAMT\" : 2,"));
    assertThat(records.read(run.id())).contains(written);
    Files.writeString(file, json.replace("\"DONE\"", "\"DREAMING\""));
    assertThat(records.read(run.id())).isEmpty();
  }

  @Test
  void namesOfFieldsAreTheContract() throws IOException {
    CurrentRun run = run();
    run.planned(1, 0);
    String json = Files.readString(table.resolve("_runs/" + run.id() + ".json"));
    assertThat(json)
        .contains("\"run_id\"", "\"labelling_seconds\"", "\"images_per_second\"", "\"LABELLED\"");
  }
}
