package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that reads a table says the same of one in a catalog as of a directory. */
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

  @ParameterizedTest
  @ValueSource(strings = {ICEBERG, DELTA})
  void headsAndStatementsOfTheUser(String table) throws IOException {
    Path classes = directory.resolve("classes.csv");
    Files.write(
        classes,
        List.of(
            "path,label",
            uri("fig.jpg") + ",plant",
            uri("coffee.jpg") + ",plant",
            uri("dogs.jpg") + ",animal",
            uri("chelsea.jpg") + ",animal"));
    String head = directory.resolve("head.safetensors").toString();
    assertSame(
        table,
        command("train-head", "--table", "TABLE", "--labels", classes + "", "--output", head));
    assertSame(
        table,
        command(
            "evaluate", "--table", "TABLE", "--labels", classes + "", "--head", head, "--json"));
    String statement = "SELECT path, top[0].index FROM labels_latest ORDER BY path";
    assertSame(table, "sql", "--table", "TABLE", "-e", statement, "--json");
  }

  private static String copied(String table, String name, String clause) {
    String copy = table.replaceFirst("commands$", name);
    LakeSpark.session()
        .sql(
            String.format(
                Locale.ROOT,
                "CREATE TABLE %s USING %s %s AS SELECT * FROM %s",
                copy.replace("table:", ""),
                table.equals(DELTA) ? "delta" : "iceberg",
                clause,
                table.replace("table:", "")));
    return copy;
  }

  /** By Iceberg's delete files, and by Delta's deletion vectors, whose data files stay. */
  @ParameterizedTest
  @CsvSource({
    ICEBERG + ", TBLPROPERTIES ('write.delete.mode'='merge-on-read')",
    DELTA + ", TBLPROPERTIES ('delta.enableDeletionVectors'='true')",
    DELTA + ", CLUSTER BY (path) TBLPROPERTIES ('delta.enableDeletionVectors'='true')"
  })
  void deletedRowsAreNotFound(String table, String clause) {
    String copy = copied(table, "deleted_" + clause.length(), clause);
    String index = directory.resolve("deleted-" + clause.length()).toString();
    said(command("index", "--table", "TABLE", "--index", index, "--cells", "2"), copy);
    LakeSpark.session()
        .sql("DELETE FROM " + copy.replace("table:", "") + " WHERE path LIKE '%coffee.jpg'");
    String[] query = command("search", "--table", "TABLE", "--query", uri("fig.jpg"), "--json");
    String found = said(query, copy);
    assertThat(found).doesNotContain("coffee.jpg").contains("chelsea.jpg", "china.jpg");
    String[] through =
        Stream.concat(Stream.of(query), Stream.of("--index", index, "--probes", "1"))
            .toArray(String[]::new);
    assertThat(said(through, copy)).isEqualTo(found);
    said(command("index", "--table", "TABLE", "--index", index), copy);
    assertThat(said(through, copy)).isEqualTo(found);
    assertThat(views(copy).get("labels")).isEqualTo(views(table).get("labels") - 1);
    assertThat(said(command("duplicates", "--table", "TABLE", "--json"), copy))
        .doesNotContain("coffee.jpg")
        .contains("chelsea.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {ICEBERG, DELTA})
  void compactedAndPruned(String table) throws IOException {
    String copy = copied(table, "pruned", "PARTITIONED BY (run_date)");
    long rows = views(copy).get("labels");
    assertThat(said(command("compact", "--table", "TABLE"), copy)).isNotEmpty();
    Path some = Files.createDirectories(directory.resolve("some"));
    String pruned =
        said(
            command("prune", "--table", "TABLE", "--input", some + "", "--input", images + ""),
            copy);
    assertThat(pruned).contains("Gone: 0 of 8 images");
    assertThat(views(copy).get("labels")).isEqualTo(rows);
    Path text = images.resolve("text.jpg");
    Files.move(text, some.resolve("text.jpg"));
    try {
      said(
          command("prune", "--table", "TABLE", "--input", images + "", "--max-share", "0.5"), copy);
    } finally {
      Files.move(some.resolve("text.jpg"), text);
    }
    assertThat(views(copy).get("labels")).isEqualTo(rows - 1);
    assertThat(views(copy).get("failures")).isZero();
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
