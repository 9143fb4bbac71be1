package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.page.SelfContained;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people who clean a data set get: the gallery, and which image of a group to keep. */
class DuplicatesCommandTest {
  private static final Path PHOTOS = Path.of("src/quickstart/photos");

  @TempDir Path directory;

  @Test
  void saysWhichImageToKeep() throws IOException {
    Path images = Files.createDirectory(directory.resolve("images"));
    Files.copy(PHOTOS.resolve("dogs.jpg"), images.resolve("b old.jpg"));
    Files.copy(PHOTOS.resolve("dogs.jpg"), images.resolve("a.jpg"));
    Files.setLastModifiedTime(
        images.resolve("b old.jpg"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Files.copy(PHOTOS.resolve("fig.jpg"), images.resolve("fig.jpg"));
    byte[] fig = Files.readAllBytes(PHOTOS.resolve("fig.jpg"));
    Files.write(images.resolve("figs.jpg"), Arrays.copyOf(fig, fig.length + 1));
    String table = directory.resolve("labels").toString();
    CommandLineRun labelled =
        CommandLineRun.of(
            "label",
            "--input",
            images.toString(),
            "--output",
            table,
            "--weights",
            TinyModel.checkpoint().toString());
    assertThat(labelled.code()).as(labelled.err()).isZero();
    Path html = directory.resolve("page.html");
    Path output = directory.resolve("keep");
    CommandLineRun run =
        CommandLineRun.of(
            "duplicates",
            "--table",
            table,
            "--threshold",
            "1",
            "--html",
            html.toString(),
            "--output",
            output.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("page   " + html, "table  " + output);
    List<Row> rows =
        LocalSpark.session().read().parquet(output.toString()).orderBy("path").collectAsList();
    assertThat(rows)
        .extracting(row -> name(row.getAs("path")), row -> row.getAs("keep"))
        .containsExactly(
            tuple("a.jpg", false),
            tuple("b old.jpg", true),
            tuple("fig.jpg", false),
            tuple("figs.jpg", true));
    String page = Files.readString(html);
    SelfContained.check(page);
    assertThat(page).contains("keep: figs.jpg", "keep: b old.jpg", "b%20old.jpg", "/<wbr/>");
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
