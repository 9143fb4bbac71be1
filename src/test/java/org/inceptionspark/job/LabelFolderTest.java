package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of good and bad images, through the whole job. */
@Tag("site")
@Tag("slow")
class LabelFolderTest {
  @TempDir static Path directory;

  private static Path images;
  private static String output;
  private static RunRecord result;
  private static Dataset<Row> table;

  @BeforeAll
  static void label() throws IOException {
    images = Files.createDirectory(directory.resolve("images"));
    for (Map.Entry<String, byte[]> file : ImageBattery.files().entrySet()) {
      Path path = images.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    output = directory.resolve("labels").toString();
    result = job().options(Map.of("top", "5")).execute();
    table = LocalSpark.session().read().parquet(output).cache();
  }

  private static LabelImages job() throws IOException {
    return LabelImages.using(LocalSpark.session())
        .model(TinyModel.spec())
        .images(
            ImageSource.objects(
                ListObjects.using(LocalSpark.session())
                    .inputs(List.of(images.toString()))
                    .execute()))
        .output(output)
        .runDate(LocalDate.of(2026, 1, 31));
  }

  @Test
  void thereIsARowForEachObject() {
    Set<String> listed = new TreeSet<>();
    ImageBattery.visible().forEach(name -> listed.add("file:" + images.resolve(name)));
    assertThat(table.count()).isEqualTo(listed.size());
    assertThat(strings("path")).containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void eachImageHasItsKind() {
    Map<String, Set<String>> expected = ImageBattery.outcomes();
    Map<String, String> wrong = new TreeMap<>();
    for (Row row : table.selectExpr("path", "error.kind", "error.message").collectAsList()) {
      String name = images.toUri().getPath();
      String file = row.getString(0).substring(("file:" + name).length());
      String outcome = row.isNullAt(1) ? Outcome.LABELLED.name() : row.getString(1);
      if (!expected.get(file).contains(outcome)) {
        wrong.put(file, outcome + " " + row.getString(2));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void anImageIsEitherLabelledOrHasAnError() {
    assertThat(table.where("error is null and (size(prelogits) <> 128 or size(logits) <> 11)"))
        .satisfies(rows -> assertThat(rows.collectAsList()).isEmpty());
    assertThat(table.where("error is null and (size(top) <> 5 or width is null or format is null)"))
        .satisfies(rows -> assertThat(rows.collectAsList()).isEmpty());
    assertThat(table.where("error is not null and not (prelogits is null and logits is null)"))
        .satisfies(rows -> assertThat(rows.collectAsList()).isEmpty());
    assertThat(table.where("error is not null and not (top is null and width is null)"))
        .satisfies(rows -> assertThat(rows.collectAsList()).isEmpty());
    assertThat(table.where("sha256 is null or length is null or modified is null"))
        .satisfies(rows -> assertThat(rows.collectAsList()).isEmpty());
  }

  @Test
  void countsAreThoseOfTheTable() {
    Map<String, Long> expected = new HashMap<>();
    table
        .groupBy("error.kind")
        .count()
        .collectAsList()
        .forEach(row -> expected.put(row.getString(0), row.getLong(1)));
    result
        .counts()
        .forEach(
            (outcome, count) -> {
              String kind = outcome == Outcome.LABELLED ? null : outcome.name();
              assertThat(count).as(outcome.name()).isEqualTo(expected.getOrDefault(kind, 0L));
            });
    assertThat(result.images()).isEqualTo(table.count());
  }

  @Test
  void theRecordOfTheRunIsBesideTheTable() throws IOException {
    Path file = Path.of(output, "_runs", result.runId() + ".json");
    JsonNode record = new ObjectMapper().readTree(file.toFile());
    assertThat(record.get("images").asLong()).isEqualTo(result.images());
    assertThat(record.get("counts").get("CORRUPT").asLong())
        .isEqualTo(result.counts().get(Outcome.CORRUPT));
    assertThat(record.get("model").asText()).isEqualTo(TinyModel.spec().fingerprint());
    assertThat(record.get("run_date").asText()).isEqualTo("2026-01-31");
    assertThat(record.get("application_id").asText()).startsWith("local-");
    assertThat(record.get("options").get("top").asText()).isEqualTo("5");
  }

  @Test
  void aTableThatIsThereIsNotTouched() {
    assertThatThrownBy(() -> job().execute())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "output "
                + output
                + " already holds a labels table; to add to it, set if-exists to append");
    assertThat(LocalSpark.session().read().parquet(output).count()).isEqualTo(result.images());
  }

  @Test
  void anotherRunGivesTheSameBits() throws IOException {
    String other = directory.resolve("again").toString();
    job().output(other).execute();
    job()
        .output(other)
        .ifExists(IfExists.APPEND)
        .selection(new Selection(Relabel.ALL, Optional.empty(), OptionalLong.empty()))
        .batch(3)
        .execute();
    Dataset<Row> again = LocalSpark.session().read().parquet(other);
    assertThat(again.count()).isEqualTo(result.images());
    assertThat(again.except(table)).satisfies(rows -> assertThat(rows.collectAsList()).isEmpty());
    assertThat(table.except(again)).satisfies(rows -> assertThat(rows.collectAsList()).isEmpty());
  }

  /** Rows without labels, among others in one file, give way to new ones. */
  @Test
  void errorsAgainLeaveTheTableAsItWas() throws IOException {
    String other = directory.resolve("errors").toString();
    job().output(other).execute();
    RunRecord errors =
        job()
            .output(other)
            .ifExists(IfExists.APPEND)
            .selection(new Selection(Relabel.ERRORS, Optional.empty(), OptionalLong.empty()))
            .execute();
    assertThat(errors.images()).isEqualTo(result.errors());
    Dataset<Row> again = LocalSpark.session().read().parquet(other);
    assertThat(again.count()).isEqualTo(result.images());
    assertThat(again.except(table)).satisfies(rows -> assertThat(rows.collectAsList()).isEmpty());
    assertThat(again.inputFiles()).hasSize(2);
    assertThat(Path.of(other, "_replacement")).doesNotExist();
  }

  private static List<String> strings(String column) {
    return table.select(column).collectAsList().stream().map(row -> row.getString(0)).toList();
  }
}
