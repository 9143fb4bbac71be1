package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.spark.LakeSpark;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command by day says of a table in a catalog what it says of a directory. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogCommandsTest {
  private static final String ICEBERG = "table:lake.db.commands";
  private static final String DELTA = "table:db.commands";

  @TempDir static Path directory;

  private String labels;
  private Path images;

  @BeforeAll
  void label() throws IOException {
    LakeSpark.session();
    activate();
    labels = directory.resolve("labels").toString();
    images = Files.createDirectory(directory.resolve("images"));
    add("fig.jpg", "china.jpg", "racoon.jpg");
    nights("2026-01-01");
    add("coffee.jpg", "chelsea.jpg", "dogs.jpg");
    Files.copy(images.resolve("fig.jpg"), images.resolve("copy.jpg"));
    Files.writeString(images.resolve("text.jpg"), "text");
    nights("2026-01-02");
    nights("2026-01-03", "--relabel", "all", "--limit", "1");
  }

  @AfterAll
  void putBack() {
    deactivate();
  }

  @BeforeEach
  void activate() {
    SparkSession.setActiveSession(LakeSpark.session());
  }

  @AfterEach
  void deactivate() {
    SparkSession.setActiveSession(LocalSpark.session());
  }

  private void add(String... photos) throws IOException {
    for (String photo : photos) {
      Files.copy(Path.of("src/quickstart/photos", photo), images.resolve(photo));
    }
  }

  private void nights(String date, String... more) {
    for (String output : List.of(labels, ICEBERG, DELTA)) {
      List<String> arguments =
          Stream.concat(
                  Stream.of(
                      "nightly",
                      "--input",
                      images.toString(),
                      "--output",
                      output,
                      "--weights",
                      TinyModel.checkpoint().toString(),
                      "--run-date",
                      date),
                  Stream.of(more))
              .toList();
      CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
      assertThat(run.code()).as(run.err()).isZero();
    }
  }

  private String uri(String photo) {
    return images.resolve(photo).toUri().toString().replace("file:///", "file:/");
  }

  private String[] command(String... arguments) {
    return arguments;
  }

  private static String said(String[] command, String table) {
    CommandLineRun run =
        CommandLineRun.of(
            Stream.of(command).map(word -> word.replace("TABLE", table)).toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run.out()
        .replace(table, "TABLE")
        .replaceAll("\"?seconds\"?[: ]+[0-9.]+|[0-9.]+ s(econds)?\\b", "SECONDS")
        .replaceAll("in [0-9.,]+ s", "SECONDS");
  }

  private void assertSame(String table, String... command) {
    assertThat(said(command, table)).isEqualTo(said(command, labels));
  }

  @ParameterizedTest
  @ValueSource(strings = {ICEBERG, DELTA})
  void commandsByDay(String table) {
    assertSame(table, "show", "TABLE");
    assertSame(table, "search", "--table", "TABLE", "--query", uri("fig.jpg"), "--json");
    assertSame(table, command("duplicates", "--table", "TABLE", "--threshold", "0.2", "--json"));
    assertSame(table, "drift", "--table", "TABLE", "--night", "2026-01-02", "--json");
    assertSame(table, "cluster", "--table", "TABLE", "--k", "2", "--json");
    assertThat(said(command("compare", "TABLE", labels), table))
        .startsWith("The same: 8 rows, every compared value equal to the bit.");
    assertThat(said(command("report", "--table", "TABLE", "--json"), table)).contains("2026-01-03");
    assertThat(said(command("runs", "TABLE"), table).lines().filter(run -> run.contains(" done ")))
        .hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {ICEBERG, DELTA})
  void anIndexFindsWhatTheTableHas(String table) {
    String index = directory.resolve("index-" + table.hashCode()).toString();
    said(command("index", "--table", "TABLE", "--index", index, "--cells", "2"), table);
    String[] query = command("search", "--table", "TABLE", "--query", uri("dogs.jpg"), "--json");
    String[] through =
        Stream.concat(Stream.of(query), Stream.of("--index", index, "--probes", "1"))
            .toArray(String[]::new);
    assertThat(said(through, table)).isEqualTo(said(query, table));
  }

  @ParameterizedTest
  @ValueSource(strings = {ICEBERG, DELTA})
  void viewsInSql(String table) {
    assertThat(views(table)).isEqualTo(views(labels));
  }

  private static Map<String, Long> views(String table) {
    SparkSession spark = LakeSpark.session();
    spark.conf().set("spark.inceptionspark.table", table);
    try {
      Map<String, Long> rows = new TreeMap<>();
      for (String view : List.of("labels", "labels_latest", "label_counts", "failures", "runs")) {
        rows.put(view, spark.sql("SELECT * FROM " + view).count());
      }
      return rows;
    } finally {
      spark.conf().unset("spark.inceptionspark.table");
    }
  }

  @Test
  void deletedRowsAreNotFound() {
    SparkSession spark = LakeSpark.session();
    spark.sql("CREATE TABLE lake.db.deleted AS SELECT * FROM lake.db.commands");
    spark.sql(
        "ALTER TABLE lake.db.deleted SET TBLPROPERTIES ('write.delete.mode'='merge-on-read')");
    spark.sql("DELETE FROM lake.db.deleted WHERE path LIKE '%coffee.jpg'");
    String found =
        said(
            command("search", "--table", "TABLE", "--query", uri("fig.jpg"), "--json"),
            "table:lake.db.deleted");
    assertThat(found).doesNotContain("coffee.jpg").contains("chelsea.jpg", "china.jpg");
  }

  @Test
  void pathsOfOtherFormatsAreNoDirectories() {
    SparkSession spark = LakeSpark.session();
    String location =
        spark
            .sql("DESCRIBE TABLE EXTENDED lake.db.commands")
            .where("col_name = 'Location'")
            .head()
            .getString(1);
    CommandLineRun run = CommandLineRun.of("show", location);
    assertThat(run.err()).contains("holds an Iceberg table; name it as its catalog does");
  }
}
