package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.packed.PackedFile;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources as a person names them, on this machine. */
class SourceOptionsTest {
  private static final Path PHOTO = Path.of("src/quickstart/photos/fig.jpg");

  @TempDir Path directory;

  private CommandLineRun nightly(String... source) {
    List<String> all = new ArrayList<>(List.of("nightly"));
    all.addAll(List.of(source));
    all.addAll(List.of("--output", labels(), "--weights", TinyModel.checkpoint().toString()));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String labels() {
    return directory.resolve("labels").toString();
  }

  private List<String> paths() {
    Dataset<Row> table = LocalSpark.session().read().parquet(labels());
    return table.orderBy("path").select("path").collectAsList().stream()
        .map(row -> row.getString(0).replaceFirst(".*/photos/", ""))
        .toList();
  }

  private Path photos() throws IOException {
    Path photos = Files.createDirectories(directory.resolve("photos"));
    Files.copy(PHOTO, photos.resolve("fig.jpg"));
    return photos;
  }

  private void refused(String words, String... source) {
    CommandLineRun run = nightly(source);
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.err()).contains(words);
    assertThat(Path.of(labels(), "_runs")).doesNotExist();
  }

  @Test
  void aSourceIsNeededAndOneOnly() {
    refused("Missing required option: '--input=URI', or --input-list");
    refused(
        "one source is needed, found --input and --input-list",
        "--input",
        "a",
        "--input-list",
        "b");
    refused("--image-column is for --input-table", "--input", "a", "--image-column", "b");
    refused("--stop-file is for --watch", "--input", photos0(), "--stop-file", "b");
    refused("'5' is not a duration such as 30s, 5m or 1h", "--input", "a", "--watch", "5");
  }

  private static String photos0() {
    return "src/quickstart/photos";
  }

  @Test
  void aListGivenAsAnInputIsToldWhatItIs() throws IOException {
    Path list = directory.resolve("list.csv");
    Files.writeString(list, "path,n\na.jpg,1\n");
    refused(
        "list.csv is a CSV file, no picture: a list of images goes to --input-list",
        "--input",
        list.toString());
    LocalSpark.session().sql("select 1 as a").coalesce(1).write().parquet(directory + "/table");
    try (var files = Files.newDirectoryStream(directory.resolve("table"), "*.parquet")) {
      refused(
          "is a Parquet file, no picture: a table with images in it goes to --input-table",
          "--input",
          files.iterator().next().toString());
    }
  }

  @Test
  void packedFilesAndListsOnThisMachine() throws Exception {
    Path photos = photos();
    byte[] photo = Files.readAllBytes(PHOTO);
    Files.write(
        photos.resolve("a.tar"),
        PackedFile.tar(new TreeMap<>(Map.of("x.jpg", photo, "x.json", new byte[2]))));
    Files.write(photos.resolve("b.zip"), PackedFile.zip(Map.of("y.jpg", photo)));
    CommandLineRun run = nightly("--input", photos.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).containsPattern("beside images +1 ").contains("x.json");
    assertThat(paths()).containsExactly("a.tar!/x.jpg", "b.zip!/y.jpg", "fig.jpg");
    Files.write(
        directory.resolve("list.txt"),
        "photos/fig.jpg\nphotos/none.jpg\nphotos/a.tar\n".getBytes(StandardCharsets.UTF_8));
    CommandLineRun again = nightly("--input-list", directory.resolve("list.txt").toString());
    assertThat(paths()).containsExactly("a.tar!/x.jpg", "b.zip!/y.jpg", "fig.jpg", "none.jpg");
    assertThat(again.err()).contains("UNREADABLE");
    assertThat(nightly("--input", photos.toString(), "--packed", "none").code()).isEqualTo(3);
    assertThat(paths()).contains("a.tar", "b.zip");
  }

  /**
   * Night after night in one process; images that arrive in between are labelled by a later one.
   */
  @Test
  void watchingLabelsWhatComesAndStops() throws Exception {
    Path photos = photos();
    Files.delete(photos.resolve("fig.jpg"));
    Path stop = directory.resolve("stop");
    LocalSpark.session();
    CompletableFuture<CommandLineRun> watching =
        CompletableFuture.supplyAsync(
            () ->
                nightly(
                    "--input", photos.toString(), "--watch", "1s", "--stop-file", stop.toString()));
    Files.copy(PHOTO, photos.resolve("1.jpg"));
    awaitRows(1, watching);
    Files.copy(PHOTO, photos.resolve("2.jpg"));
    awaitRows(2, watching);
    Files.createFile(stop);
    CommandLineRun run = watching.get();
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(stop).doesNotExist();
    assertThat(paths()).containsExactly("1.jpg", "2.jpg");
  }

  private void awaitRows(int rows, CompletableFuture<CommandLineRun> watching) throws Exception {
    while (!watching.isDone() && found() < rows) {
      Thread.sleep(200);
    }
    assertThat(watching).isNotDone();
  }

  private long found() throws IOException {
    if (!Files.exists(Path.of(labels(), "_SUCCESS"))) {
      return 0;
    }
    return LocalSpark.session().read().parquet(labels()).count();
  }
}
