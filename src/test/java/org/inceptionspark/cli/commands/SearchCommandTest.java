package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart's photographs, labelled by a tiny model and searched. */
@Tag("slow")
class SearchCommandTest {
  private static final Path PHOTOS = Path.of("src/quickstart/photos").toAbsolutePath();

  @TempDir static Path directory;

  private static String table;

  @BeforeAll
  static void label() {
    table = directory.resolve("labels").toString();
    CommandLineRun run =
        CommandLineRun.of(
            "label",
            "--input",
            PHOTOS.toString(),
            "--glob",
            "*.jpg",
            "--output",
            table,
            "--weights",
            TinyModel.checkpoint().toString(),
            "--run-date",
            "2026-01-31");
    assertThat(run.code()).as(run.err()).isZero();
  }

  private boolean isOfDogs(String line) {
    return line.startsWith("1.0000") || line.matches("[0-9.]+ .*dogs.jpg");
  }

  private static String uri(String photo) {
    return "file:" + PHOTOS.resolve(photo);
  }

  @Test
  void aPathOfTheTableIsItsOwnNearest() {
    CommandLineRun run =
        CommandLineRun.of("search", "--table", table, "--query", uri("dogs.jpg"), "--k", "3");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().findFirst().orElseThrow())
        .startsWith("1.0000  ")
        .endsWith(uri("dogs.jpg"));
    assertThat(run.out()).contains("3 nearest to " + uri("dogs.jpg") + ", model ");
  }

  @Test
  void theEndOfAPathIsEnough() {
    for (String end : List.of("dogs.jpg", "photos/dogs.jpg", "/photos/dogs.jpg")) {
      CommandLineRun run =
          CommandLineRun.of("search", "--table", table, "--query", end, "--k", "1");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).contains("1 nearest to " + uri("dogs.jpg"));
    }
    CommandLineRun part =
        CommandLineRun.of("search", "--table", table, "--query", "ogs.jpg", "--k", "1");
    assertThat(part.code()).isNotZero();
    assertThat(part.err()).contains("query ogs.jpg is not the path of a labelled row");
  }

  /** The rows are there, the files are not: a search needs no picture. */
  @Test
  void anImageThatWasDeletedIsSearchedByItsName() throws IOException {
    Path photos = Files.createDirectory(directory.resolve("deleted"));
    Files.createDirectory(photos.resolve("a"));
    Files.copy(PHOTOS.resolve("fig.jpg"), photos.resolve("a/fig.jpg"));
    Files.createDirectory(photos.resolve("b"));
    Files.copy(PHOTOS.resolve("dogs.jpg"), photos.resolve("b/fig.jpg"));
    String labels = directory.resolve("of-deleted").toString();
    CommandLineRun labelled =
        CommandLineRun.of(
            "label",
            "--input",
            photos.toString(),
            "--output",
            labels,
            "--weights",
            TinyModel.checkpoint().toString());
    assertThat(labelled.code()).as(labelled.err()).isZero();
    Files.delete(photos.resolve("a/fig.jpg"));
    String path = photos.resolve("a/fig.jpg").toString();
    for (String name : List.of(path, "file:" + path, "a/fig.jpg")) {
      CommandLineRun run =
          CommandLineRun.of("search", "--table", labels, "--query", name, "--k", "1");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).contains("1 nearest to file:" + path);
    }
    assertThat(
            CommandLineRun.of("search", "--table", labels, "--query", "fig.jpg", "--k", "1").err())
        .contains("query fig.jpg is the end of several paths, such as file:" + photos);
  }

  @Test
  void anImageAnywhereIsPutThroughTheModel() throws IOException {
    Path copy = Files.copy(PHOTOS.resolve("fig.jpg"), directory.resolve("a copy.jpg"));
    CommandLineRun run =
        CommandLineRun.of(
            "search",
            "--table",
            table,
            "--query",
            copy.toString(),
            "--k",
            "2",
            "--json",
            "--weights",
            TinyModel.checkpoint().toString());
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode found = new ObjectMapper().readTree(run.out());
    assertThat(found.get("query").asText()).isEqualTo(copy.toString());
    assertThat(found.get("model").asText()).isEqualTo(TinyModel.spec().fingerprint());
    JsonNode first = found.get("neighbours").get(0);
    assertThat(first.get("path").asText()).isEqualTo(uri("fig.jpg"));
    assertThat(first.get("similarity").asDouble()).isEqualTo(1);
    assertThat(first.get("run_date").asText()).isEqualTo("2026-01-31");
    assertThat(first.get("labels")).hasSize(5);
  }

  @Test
  void aFileOfTheTableNeedsNoUri() {
    CommandLineRun run =
        CommandLineRun.of("search", "--table", table, "--query", "src/quickstart/photos/fig.jpg");
    assertThat(run.out()).as(run.err()).startsWith("1.0000  ").contains("10 nearest to ");
  }

  @Test
  void anIndexFindsTheSameAndAPageShowsIt() throws IOException {
    String index = directory.resolve("index").toString();
    CommandLineRun made =
        CommandLineRun.of("index", "--table", table, "--index", index, "--cells", "2");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).startsWith("12 rows in 2 cells, 12 joined, 0 left, in ");
    Path page = directory.resolve("page.html");
    String[] query = {"search", "--table", table, "--query", uri("dogs.jpg"), "--k", "4", "--html"};
    CommandLineRun exact = CommandLineRun.of(with(query, page.toString()));
    CommandLineRun indexed =
        CommandLineRun.of(with(query, page.toString(), "--index", index, "--probes", "1"));
    assertThat(indexed.code()).as(indexed.err()).isZero();
    assertThat(indexed.out().lines().limit(4))
        .containsExactlyElementsOf(exact.out().lines().limit(4).toList());
    String html = Files.readString(page);
    assertThat(html.replace("<wbr/>", ""))
        .contains(
            "Images like dogs.jpg", ">" + uri("dogs.jpg") + "</a>", "1. similarity 1.0000", index);
    assertThat(html.split("data:image/jpeg;base64,", -1)).hasSize(1 + 5);
    CommandLineRun others =
        CommandLineRun.of(
            "search",
            "--table",
            table,
            "--query",
            uri("dogs.jpg"),
            "--index",
            index,
            "--where",
            "path not like '%dogs%'");
    assertThat(others.out().lines()).as(others.err()).hasSize(11).noneMatch(this::isOfDogs);
    fails(
        "--where nothing = 1: ",
        "--query",
        uri("dogs.jpg"),
        "--index",
        index,
        "--where",
        "nothing = 1");
    fails(
        " holds no index; make it with jobs/index.sh",
        "--query",
        uri("dogs.jpg"),
        "--index",
        directory.resolve("none").toString());
  }

  @Test
  void duplicatesAreGrouped() throws IOException {
    CommandLineRun run =
        CommandLineRun.of("duplicates", "--table", table, "--threshold", "0.1", "--json");
    assertThat(run.code()).as(run.err()).isZero();
    JsonNode groups = new ObjectMapper().readTree(run.out()).get("groups");
    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).get("images")).hasSize(12);
    assertThat(groups.get(0).get("distinct").asInt()).isEqualTo(12);
    run = CommandLineRun.of("duplicates", "--table", table, "--threshold", "1");
    assertThat(run.out()).startsWith("0 images in 0 groups of similarity 1.0 and more, in ");
    run = CommandLineRun.of("duplicates", "--table", table, "--threshold", "2");
    assertThat(run.err()).contains("--threshold must be above 0 and at most 1, found 2.0");
  }

  @Test
  void aTableOfQueriesGetsATableOfNeighbours() {
    String output = directory.resolve("pairs").toString();
    String[] batch = {"search", "--table", table, "--queries", table, "--k", "3"};
    CommandLineRun run = CommandLineRun.of(with(batch, "--output", output));
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("36 neighbours of 12 queries, model ");
    assertThat(
            LocalSpark.session()
                .read()
                .parquet(output)
                .where("rank = 1 and query = path and similarity = 1")
                .count())
        .isEqualTo(12);
    run = CommandLineRun.of(batch);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("--queries needs --output");
    run = CommandLineRun.of("search", "--table", table);
    assertThat(run.err()).contains("--query").contains("--queries");
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aFilterLeavesRowsOut() {
    CommandLineRun run =
        CommandLineRun.of(
            "search",
            "--table",
            table,
            "--query",
            uri("dogs.jpg"),
            "--where",
            "path not like '%dogs%'");
    assertThat(run.out()).contains("10 nearest").doesNotContain("1.0000");
  }

  @Test
  void whatCannotBeSearchedIsSaidInALine() throws IOException {
    Path text = Files.writeString(directory.resolve("text.jpg"), "no image");
    String weights = TinyModel.checkpoint().toString();
    fails(
        "search: query nowhere.jpg is not the path of a labelled row of", "--query", "nowhere.jpg");
    fails("search: query nowhere.jpg: not found", "--query", "nowhere.jpg", "--weights", weights);
    fails("text.jpg: NOT_AN_IMAGE: ", "--query", text.toString(), "--weights", weights);
    fails("is model ", "--query", text.toString(), "--weights", weights, "--orientation", "ignore");
    fails(
        "of which the table has no rows; it has 12 rows of ",
        "--query",
        text.toString(),
        "--weights",
        weights,
        "--orientation",
        "ignore");
    fails("--where nothing = 1: ", "--query", uri("dogs.jpg"), "--where", "nothing = 1");
    fails("--k must be at least 1, found 0", "--query", uri("dogs.jpg"), "--k", "0");
  }

  private static void fails(String message, String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "search";
    all[1] = "--table";
    all[2] = table;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    CommandLineRun run = CommandLineRun.of(all);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(message);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }
}
