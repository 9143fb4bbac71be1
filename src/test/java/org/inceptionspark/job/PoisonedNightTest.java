package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.PoisonedModel.Effect;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.table.TableComparison;
import org.inceptionspark.job.task.InFlightMarkers;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Images whose labelling fails in ways that nobody foresaw, on a driver that is also the worker.
 */
class PoisonedNightTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 1, 31);
  private static final List<String> PHOTOGRAPHS =
      List.of("china.jpg", "coffee.jpg", "fig.jpg", "racoon.jpg");

  /** Deaths until the culprit is known: in a batch, with a marker, alone. */
  private static final int DEATHS = 3;

  @TempDir static Path directory;

  @BeforeAll
  static void labelWithoutPoison() throws IOException {
    Files.createDirectory(directory.resolve("good"));
    for (String name : PHOTOGRAPHS) {
      Files.copy(Path.of("src/quickstart/photos", name), directory.resolve("good").resolve(name));
    }
    label(TinyModel.spec(), List.of("good"), "undisturbed");
  }

  private static void poison(String input, Effect effect) throws IOException {
    Path file = Files.createDirectories(directory.resolve(input)).resolve(effect + ".png");
    Files.write(file, effect.picture());
  }

  private static void label(LabelerSpec model, List<String> inputs, String output)
      throws IOException {
    List<String> uris = inputs.stream().map(name -> directory.resolve(name).toString()).toList();
    LabelImages.using(LocalSpark.session())
        .model(model)
        .images(
            ImageSource.objects(
                ListObjects.using(LocalSpark.session()).inputs(uris).execute().coalesce(1)))
        .output(directory.resolve(output).toString())
        .runDate(NIGHT)
        .execute();
  }

  private static Dataset<Row> table(String name) {
    return LocalSpark.session().read().parquet(directory.resolve(name).toString());
  }

  private static void assertOthersAreLabelled(String table) {
    TableComparison.Result same =
        TableComparison.compare(
            table("undisturbed"), table(table).where("error is null"), Set.of());
    assertThat(same.examples()).isEmpty();
    assertThat(same.rows()).isEqualTo(PHOTOGRAPHS.size());
  }

  @Test
  void whatThrowsIsARowAndItsBatchIsLabelled() throws IOException {
    poison("bad", Effect.THROWS);
    poison("bad", Effect.OVERFLOWS_THE_STACK);
    label(PoisonedModel.of(TinyModel.spec()), List.of("good", "bad"), "thrown");
    assertThat(
            table("thrown")
                .where("error is not null")
                .orderBy("path")
                .selectExpr("regexp_extract(path, '[^/]+$', 0)", "error.kind", "error.message")
                .collectAsList())
        .extracting(row -> row.mkString(" "))
        .containsExactly(
            "OVERFLOWS_THE_STACK.png CRASHED labelling it failed: StackOverflowError",
            "THROWS.png CRASHED labelling it failed: taken badly");
    assertOthersAreLabelled("thrown");
  }

  /** Started again and again, as a scheduler would, until it ends: as often as it is told here. */
  @Tag("slow")
  @Test
  void anImageThatKillsTheOnlyJvmIsARowInTheFourthRun() throws Exception {
    poison("deadly", Effect.HALTS);
    List<String> inputs =
        List.of(directory.resolve("good").toString(), directory.resolve("deadly").toString());
    for (int run = 1; run <= DEATHS; run++) {
      assertThat(NightProcess.of(directory, "dead").inputs(inputs).poisoned().run())
          .as("exit code of run %s", run)
          .isEqualTo(134);
    }
    NightProcess last = NightProcess.of(directory, "dead").inputs(inputs).poisoned();
    assertThat(last.run()).as(last.log()).isZero();
    assertThat(table("dead").where("error is not null").select("error.*").collectAsList())
        .extracting(row -> row.mkString(" "))
        .containsExactly("CRASHED the JVM died each time it was looked at, also alone");
    assertOthersAreLabelled("dead");
    assertThat(directory.resolve("dead").resolve(InFlightMarkers.DIRECTORY)).doesNotExist();
  }
}
