package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.TableComparison;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three small files of one night, and one of another, made once and copied for each test. */
@Tag("site")
class CompactTableTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 3);

  @TempDir static Path made;
  @TempDir Path directory;

  private static SparkSession spark;
  private Path table;

  @BeforeAll
  static void label() throws IOException {
    spark = LocalSpark.session();
    night(List.of("fig.jpg", "china.jpg", "racoon.jpg"), 1, List.of());
    night(List.of("coffee.jpg"), 2, List.of("Mixed_7c"));
  }

  private static void night(List<String> photos, int day, List<String> endPoints)
      throws IOException {
    LabelImages.using(spark)
        .model(TinyModel.builder().endPoints(endPoints).build())
        .images(
            ImageSource.objects(
                ListObjects.using(spark)
                    .inputs(photos.stream().map(name -> "src/quickstart/photos/" + name).toList())
                    .execute()))
        .output(made.resolve("table").toString())
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.of(2026, 1, day))
        .commitEvery(1)
        .execute();
  }

  @BeforeEach
  void copy() throws IOException {
    table = directory.resolve("table");
    try (Stream<Path> files = Files.walk(made.resolve("table"))) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(made.relativize(file)));
      }
    }
  }

  private CompactTable compact() {
    return CompactTable.using(spark).table(table.toString()).before(TODAY);
  }

  private Dataset<Row> rows(Path of) {
    return spark.read().option("mergeSchema", true).parquet(of.toString());
  }

  private List<Path> files(int day) throws IOException {
    try (Stream<Path> files = Files.list(table.resolve("run_date=2026-01-0" + day))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private void assertSameRows() {
    TableComparison.Result result =
        TableComparison.compare(rows(table), rows(made.resolve("table")), Set.of());
    assertThat(result.examples()).isEmpty();
    assertThat(result.rows()).isEqualTo(4);
  }

  @Test
  void smallFilesBecomeOne() throws IOException {
    assertThat(compact().execute()).isEqualTo(new LabelsTable.Compacted(1, 3, 1));
    assertThat(files(1)).hasSize(1);
    assertThat(files(2)).hasSize(1);
    assertSameRows();
    assertThat(table.resolve("_replacement")).doesNotExist();
    assertThat(schema(files(1).get(0))).isEqualTo(schema(old(1).get(0)));
    assertThat(compact().execute()).isEqualTo(new LabelsTable.Compacted(0, 0, 0));
  }

  private static List<Path> old(int day) throws IOException {
    try (Stream<Path> files = Files.list(made.resolve("table/run_date=2026-01-0" + day))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
  }

  private static String schema(Path file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      return reader.getFileMetaData().getSchema().toString();
    }
  }

  @Test
  void theLastNightIsLeftAlone() throws IOException {
    assertThat(compact().before(LocalDate.of(2026, 1, 1)).execute())
        .isEqualTo(new LabelsTable.Compacted(0, 0, 0));
    assertThat(files(1)).hasSize(3);
  }

  @Test
  void largeFilesAreLeftAlone() throws IOException {
    assertThat(compact().fileBytes(10).execute()).isEqualTo(new LabelsTable.Compacted(0, 0, 0));
  }

  /** Killed before it was decided: nothing has happened. */
  @Test
  void whatIsNotDecidedIsForgotten() throws IOException {
    Path staged = Files.createDirectories(table.resolve("_replacement/dead"));
    Files.copy(old(1).get(0), staged.resolve("part-0.parquet"));
    assertThat(CleanTable.clean(spark, table.toString()).replacements()).isZero();
    assertThat(table.resolve("_replacement")).doesNotExist();
    assertSameRows();
  }

  /** Killed at any step after it was decided: whoever opens the table finishes it. */
  @Test
  void whatIsDecidedIsFinished() throws IOException {
    List<Path> small = files(1);
    Path one = directory.resolve("one");
    rows(table)
        .where("run_date = date'2026-01-01'")
        .drop("run_date")
        .coalesce(1)
        .write()
        .parquet(one.toString());
    for (int step = 0; step <= 4; step++) {
      copyAgain();
      Path staged = Files.createDirectories(table.resolve("_replacement/dead"));
      try (Stream<Path> parts = Files.list(one)) {
        Path part =
            parts.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
        Path night = files(1).get(0).getParent();
        Files.copy(part, (step == 4 ? night : staged).resolve("new.parquet"));
      }
      for (int deleted = 0; deleted < Math.min(step, 3); deleted++) {
        Files.delete(small.get(deleted));
      }
      Files.writeString(
          table.resolve("_replacement/dead.json"),
          String.format(
              "{\"id\":\"dead\",\"removed\":[\"%1$s/%2$s\",\"%1$s/%3$s\",\"%1$s/%4$s\"],"
                  + "\"moves\":[{\"staged\":\"_replacement/dead/new.parquet\","
                  + "\"file\":\"%1$s/new.parquet\"}]}",
              "run_date=2026-01-01",
              small.get(0).getFileName(),
              small.get(1).getFileName(),
              small.get(2).getFileName()));
      assertThat(CleanTable.clean(spark, table.toString()).replacements()).isEqualTo(1);
      assertThat(files(1))
          .as("step " + step)
          .extracting(Path::getFileName)
          .containsExactly(Path.of("new.parquet"));
      assertSameRows();
    }
  }

  private void copyAgain() throws IOException {
    try (Stream<Path> files = Files.walk(table)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    copy();
  }

  @Test
  void aTableMustBeThere() {
    assertThatThrownBy(
            () -> CompactTable.using(spark).table(directory.resolve("absent").toString()).execute())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("table " + directory.resolve("absent") + " does not exist");
  }
}
