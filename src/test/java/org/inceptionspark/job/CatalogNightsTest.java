// The nights of one kind of table after the other share its setup.
package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.plan.Selection;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.Relabel;
import org.inceptionspark.job.table.TableComparison;
import org.inceptionspark.spark.CrashingFileSystem;
import org.inceptionspark.spark.LakeSpark;
import org.inceptionspark.spark.ListingCounter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nights on Iceberg, on Delta in a catalog and on Delta by its path are those of a directory. */
@Tag("slow")
class CatalogNightsTest {
  private static final AtomicInteger TABLES = new AtomicInteger();

  @TempDir static Path images;
  @TempDir static Path undisturbed;
  @TempDir Path directory;

  private static SparkSession spark;

  @BeforeAll
  static void copyImages() throws IOException {
    spark = LakeSpark.session();
    List<String> photos = List.of("fig.jpg", "china.jpg", "racoon.jpg", "coffee.jpg");
    for (String photo : photos) {
      Files.copy(Path.of("src/quickstart/photos", photo), images.resolve("a '" + photo));
    }
    Files.writeString(images.resolve("no picture.jpg"), "text");
    night(spark, ofADirectory(), 1).execute();
  }

  @BeforeEach
  void activate() {
    SparkSession.setActiveSession(spark);
  }

  static Stream<String> kinds() {
    return Stream.of("table:lake.db.", "table:db.", "delta:");
  }

  /** A name that no test has had. */
  private String table(String kind) {
    String name = "labels_" + TABLES.incrementAndGet();
    return kind.equals("delta:") ? "table:delta.`" + path(name) + "`" : kind + name;
  }

  private String path(String name) {
    return directory.resolve("d " + name).toString();
  }

  private static LabelImages night(SparkSession session, String table, int day) throws IOException {
    return LabelImages.using(session)
        .model(TinyModel.spec())
        .images(ImageSource.listing(ListObjects.using(session).inputs(List.of(images.toString()))))
        .output(table)
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.of(2026, 1, day));
  }

  private static Dataset<Row> rows(String table) throws IOException {
    return LabelsTables.of(spark, table).view();
  }

  private static String ofADirectory() {
    return undisturbed.resolve("labels").toString();
  }

  private static void assertSame(String one, String other) throws IOException {
    TableComparison.Result same = TableComparison.compare(rows(one), rows(other), Set.of());
    assertThat(same.examples()).isEmpty();
    assertThat(same.rows()).isEqualTo(5);
  }

  private static RunRecord lastRun(String table) throws IOException {
    return LabelsTables.of(spark, table).records().newestFirst().next();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hasTheRowsOfADirectoryAndSkipsThemTheNextTime(String kind) throws IOException {
    String table = table(kind);
    RunRecord first = night(spark, table, 1).commitEvery(2).execute();
    assertThat(first.images()).isEqualTo(5);
    assertSame(table, ofADirectory());
    RunRecord run = lastRun(table);
    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(run.commits()).isEqualTo(3);
    assertThat(run.committer()).isIn("iceberg", "delta");

    RunRecord second = night(spark, table, 2).execute();
    assertThat(second.skipped()).isEqualTo(5);
    assertThat(second.images()).isZero();
    assertSame(table, ofADirectory());
    assertThat(lastRun(table).runDate()).isEqualTo("2026-01-02");
  }

  @Test
  void aPathThatHoldsADeltaTableIsOne() throws IOException {
    String path = path("by path");
    night(spark, "table:delta.`" + path + "`", 1).execute();
    assertThat(night(spark, path, 2).execute().skipped()).isEqualTo(5);
    assertThat(lastRun("table:delta.`" + path + "`").runDate()).isEqualTo("2026-01-02");
    assertSame(path, ofADirectory());
  }

  @Test
  void aLogWithoutACommitIsATableThatIsYetToBeMade() throws IOException {
    Files.createDirectories(Path.of(path("begun"), "_delta_log"));
    String table = "table:delta.`" + path("begun") + "`";
    assertThat(night(spark, table, 1).execute().images()).isEqualTo(5);
    assertSame(table, ofADirectory());
    assertThat(spark.sql("DESCRIBE TABLE delta.`" + path("begun") + "`").head().getString(2))
        .isEqualTo("URI of the image");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void relabellingPutsRowsInPlaceOfOthers(String kind) throws IOException {
    String table = table(kind);
    night(spark, table, 1).execute();
    RunRecord again =
        night(spark, table, 2)
            .selection(new Selection(Relabel.ALL, Optional.empty(), OptionalLong.of(3)))
            .execute();
    assertThat(again.images()).isEqualTo(3);
    assertThat(rows(table).count()).isEqualTo(5);
    assertThat(rows(table).where("run_date = '2026-01-02'").count()).isEqualTo(3);
    TableComparison.Result same =
        TableComparison.compare(rows(table), rows(ofADirectory()), Set.of("run_date"));
    assertThat(same.examples()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void rowsOfTheSameBytesAreTakenOver(String kind) throws IOException {
    String table = table(kind);
    Path more = Files.createDirectory(directory.resolve("in"));
    Files.copy(images.resolve("a 'fig.jpg"), more.resolve("1.jpg"));
    night(spark, table, 1).execute();
    LabelImages next =
        night(spark, table, 2)
            .images(ImageSource.listing(ListObjects.using(spark).inputs(List.of(more.toString()))));
    RunRecord result = next.execute();
    assertThat(result.reused()).isEqualTo(1);
    assertThat(result.images()).isZero();
    assertThat(rows(table).where("path LIKE '%1.jpg'").select("logits").head())
        .isEqualTo(rows(table).where("path LIKE '%fig.jpg'").select("logits").head());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void rowsOfImagesThatAreGoneLeave(String kind) throws IOException {
    String table = table(kind);
    Path more = Files.createDirectory(directory.resolve("in"));
    for (String name : List.of("1.jpg", "it's.jpg")) {
      Files.copy(images.resolve("a 'fig.jpg"), more.resolve(name));
    }
    night(spark, table, 1).execute();
    night(spark, table, 1)
        .images(ImageSource.listing(ListObjects.using(spark).inputs(List.of(more.toString()))))
        .execute();
    Files.delete(more.resolve("it's.jpg"));
    PruneTable prune =
        PruneTable.using(spark).table(table).inputs(List.of(more.toString())).maxShare(0.5);
    assertThat(prune.execute().rows()).isEqualTo(1);
    assertThat(rows(table).where("path LIKE '%1.jpg'").count()).isEqualTo(1);
    assertThat(rows(table).count()).isEqualTo(6);
  }

  /** What a second listing did not find would be removed although nobody has checked it. */
  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsGoneIsFoundOnce(String kind) throws IOException {
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.counted.impl", ListingCounter.class.getName());
    String table = table(kind);
    Path more = Files.createDirectories(directory.resolve("in"));
    for (String name : List.of("1.jpg", "2.jpg")) {
      Files.copy(images.resolve("a 'fig.jpg"), more.resolve(name));
    }
    String input = "counted:" + more;
    night(spark, table, 1)
        .images(ImageSource.listing(ListObjects.using(spark).inputs(List.of(input))))
        .execute();
    Files.delete(more.resolve("2.jpg"));
    PruneTable prune = PruneTable.using(spark).table(table).inputs(List.of(input)).maxShare(0.5);
    ListingCounter.listings();
    assertThat(prune.estimate().gone()).isEqualTo(1);
    int once = ListingCounter.listings();
    assertThat(prune.execute().rows()).isEqualTo(1);
    assertThat(ListingCounter.listings()).isEqualTo(once).isPositive();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anotherNightMayHaveOtherEndPoints(String kind) throws IOException {
    String table = table(kind);
    night(spark, table, 1).selection(limited(2)).execute();
    night(spark, table, 2)
        .model(TinyModel.builder().endPoints(List.of("Mixed_7c")).build())
        .selection(limited(1))
        .execute();
    night(spark, table, 3).execute();
    assertThat(rows(table).where("Mixed_7c IS NOT NULL").count()).isEqualTo(1);
    assertThat(rows(table).count()).isEqualTo(5);
  }

  private static Selection limited(long images) {
    return new Selection(Relabel.NONE, Optional.empty(), OptionalLong.of(images));
  }

  /** Names in another case are the labels' columns; all others stay as their owner has them. */
  @ParameterizedTest
  @CsvSource({
    "table:lake.db.made, iceberg, note STRING",
    "table:db.made, delta, 'note STRING GENERATED ALWAYS AS (substring(path, 1, 4))'"
  })
  void aTableOfTheUsersOwnMaking(String table, String format, String more) throws IOException {
    String name = table.replace("table:", "");
    String columns = new LabelTable("", List.of()).schema().toDDL().replace(" NOT NULL", "");
    spark.sql(
        String.format(
            Locale.ROOT,
            "CREATE TABLE %s (%s, mixed_7c ARRAY<FLOAT>, seen BOOLEAN, %s) USING %s",
            name,
            columns.replaceFirst("sha256", "SHA256"),
            more,
            format));
    LabelImages first =
        night(spark, table, 1)
            .model(TinyModel.builder().endPoints(List.of("Mixed_7c")).build())
            .selection(limited(3));
    first.execute();
    assertThat(rows(table).where("mixed_7c IS NULL AND error IS NULL").count()).isZero();
    assertThat(rows(table).where("sha256 IS NULL").count()).isZero();
    spark.sql("UPDATE " + name + " SET seen = true");
    night(spark, table, 2)
        .selection(new Selection(Relabel.ALL, Optional.empty(), OptionalLong.empty()))
        .execute();
    assertThat(rows(table).where("seen").count()).isEqualTo(3);
    assertThat(rows(table).where("mixed_7c IS NOT NULL").count()).isZero();
    assertThat(rows(table).where("note = 'file'").count())
        .isEqualTo(format.equals("delta") ? 5 : 0);
    TableComparison.Result same =
        TableComparison.compare(
            rows(table).drop("seen", "note", "mixed_7c").withColumnRenamed("SHA256", "sha256"),
            rows(ofADirectory()),
            Set.of("run_date"));
    assertThat(same.examples()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void compactionBringsFilesTogetherAndKeepsTheRows(String kind) throws IOException {
    String table = table(kind);
    night(spark, table, 1).commitEvery(2).execute();
    LabelsTable.Compacted done =
        CompactTable.using(spark).table(table).before(LocalDate.of(2026, 1, 2)).execute();
    assertThat(done.nights()).isEqualTo(1);
    assertThat(done.filesAfter()).isEqualTo(1).isLessThan(done.filesBefore());
    assertSame(table, ofADirectory());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void twoNightsAtOnceAddEachImageOnce(String kind) throws Exception {
    String table = table(kind);
    SparkSession other = ((org.apache.spark.sql.classic.SparkSession) spark).cloneSession();
    Throwable[] failure = new Throwable[1];
    Thread second =
        new Thread(
            () -> {
              try {
                SparkSession.setActiveSession(other);
                night(other, table, 1).commitEvery(3).execute();
              } catch (Throwable e) {
                failure[0] = e;
              }
            });
    second.start();
    night(spark, table, 1).commitEvery(2).execute();
    second.join();
    assertThat(failure[0]).isNull();
    assertSame(table, ofADirectory());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aTableIsNotMadeTwice(String kind) throws IOException {
    String table = table(kind);
    night(spark, table, 1).execute();
    assertThatThrownBy(() -> night(spark, table, 1).ifExists(IfExists.FAIL).execute())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("already holds a labels table");
  }

  /** What is in the table then: the chunk before, or that one too. */
  @ParameterizedTest
  @CsvSource({
    "table:mortal.db., create .*/data/.*parquet",
    "table:mortal.db., create .*-m0\\.avro",
    "table:mortal.db., create .*/snap-.*avro",
    "table:mortal.db., rename .*/labels_\\d+/metadata/v\\d+\\.metadata\\.json",
    "table:mortal.db., renamed .*/labels_\\d+/metadata/v\\d+\\.metadata\\.json",
    "mortal:, create .*/run_date=.*parquet",
    "mortal:, create .*/_delta_log/.*json.*tmp",
    "mortal:, rename .*/_delta_log/\\d+\\.json",
    "mortal:, renamed .*/_delta_log/\\d+\\.json"
  })
  void aDeadDriverLeavesWholeChunks(String kind, String step) throws IOException {
    String table =
        kind.equals("mortal:")
            ? "table:delta.`mortal:" + path("labels_" + TABLES.incrementAndGet()) + "`"
            : table(kind);
    night(spark, table, 1).selection(limited(1)).execute();
    CrashingFileSystem.dieAt(step);
    try {
      assertThatThrownBy(() -> night(spark, table, 1).commitEvery(2).execute())
          .isInstanceOf(IOException.class);
      assertThat(CrashingFileSystem.isDead()).isTrue();
    } finally {
      CrashingFileSystem.heal();
    }
    spark.catalog().clearCache();
    assertThat(LabelsTables.of(spark, table).held().orElseThrow().count()).isIn(1L, 3L);
    night(spark, table, 1).execute();
    assertSame(table, ofADirectory());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aReaderMissesNothingAndSeesNothingTwice(String kind) throws Exception {
    String table = table(kind);
    night(spark, table, 1).selection(limited(1)).execute();
    AtomicBoolean done = new AtomicBoolean();
    List<String> wrong = new CopyOnWriteArrayList<>();
    SparkSession reading = ((org.apache.spark.sql.classic.SparkSession) spark).cloneSession();
    Thread reader = new Thread(() -> read(reading, table, done, wrong));
    reader.start();
    night(spark, table, 1).commitEvery(2).execute();
    Selection again = new Selection(Relabel.ALL, Optional.empty(), OptionalLong.empty());
    night(spark, table, 2).selection(again).execute();
    CompactTable.using(spark).table(table).before(LocalDate.of(2026, 1, 3)).execute();
    done.set(true);
    reader.join();
    assertThat(wrong).isEmpty();
    assertThat(rows(table).count()).isEqualTo(5);
  }

  private static void read(
      SparkSession session, String table, AtomicBoolean done, List<String> wrong) {
    SparkSession.setActiveSession(session);
    long before = 0;
    while (!done.get()) {
      try {
        List<Row> paths = LabelsTables.of(session, table).view().select("path").collectAsList();
        if (paths.stream().distinct().count() < paths.size() || paths.size() < before) {
          wrong.add(before + " rows, then " + paths);
        }
        before = paths.size();
      } catch (Exception e) {
        wrong.add(e.toString());
      }
    }
  }
}
