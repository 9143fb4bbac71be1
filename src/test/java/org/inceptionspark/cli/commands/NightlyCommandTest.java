package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a night, in the order in which an operator meets them. */
class NightlyCommandTest {
  private static final Path PHOTOS = Path.of("src/quickstart/photos");

  @TempDir Path directory;

  private Path images;
  private String output;

  @BeforeEach
  void copy() throws IOException {
    images = Files.createDirectory(directory.resolve("images"));
    output = directory.resolve("labels").toString();
    Files.copy(PHOTOS.resolve("fig.jpg"), images.resolve("fig.jpg"));
  }

  private CommandLineRun nightly(String... more) {
    List<String> arguments = new ArrayList<>(List.of("nightly", "--input", images.toString()));
    arguments.addAll(List.of("--output", output, "--run-date", "2026-01-31"));
    arguments.addAll(List.of("--weights", TinyModel.checkpoint().toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void nightAfterNight() throws IOException {
    CommandLineRun before = nightly("--dry-run");
    assertThat(before.code()).as(before.err()).isZero();
    assertThat(before.out())
        .contains("to label                      1", "core-hours         unknown");
    assertThat(Path.of(output)).doesNotExist();

    assertThat(nightly().err()).contains("labelled                      1");
    Files.copy(PHOTOS.resolve("china.jpg"), images.resolve("china.jpg"));
    Files.copy(PHOTOS.resolve("fig.jpg"), images.resolve("copy.jpg"));
    assertThat(nightly("--dry-run").out())
        .contains("skipped                       1", "1 of them may have known bytes")
        .containsPattern("core-hours +\\d+\\.\\d\\d  \\(\\d+\\.\\d\\d hours on 2 cores");
    CommandLineRun second = nightly();
    assertThat(second.err())
        .contains("labelled                      1", "skipped                       1")
        .contains("reused                        1");
    assertThat(second.code()).isZero();

    CommandLineRun clean = CommandLineRun.of("label", "--clean", "--output", output);
    assertThat(clean.out())
        .startsWith(
            "Deleted 0 pending uploads and 0 temporary files; finished 0 replacements of files.");
    CommandLineRun compact =
        CommandLineRun.of("compact", "--table", output, "--before", "2026-02-01");
    assertThat(compact.out()).startsWith("Compacted nights: 1; small files: 3 before, 1 now.");
    assertThat(LocalSpark.session().read().parquet(output).count()).isEqualTo(3);
  }

  @Test
  void aCopiedRowIsAnImageWithLabels() throws IOException {
    assertThat(nightly().code()).isZero();
    Files.copy(PHOTOS.resolve("fig.jpg"), images.resolve("copy.jpg"));
    Files.writeString(images.resolve("none.jpg"), "no picture");
    CommandLineRun night = nightly();
    assertThat(night.err())
        .contains("reused                        1", "NOT_AN_IMAGE                  1");
    assertThat(night.code()).as(night.err()).isZero();

    Files.copy(PHOTOS.resolve("fig.jpg"), images.resolve("more.jpg"));
    Files.writeString(images.resolve("neither.jpg"), "neither");
    CommandLineRun half = nightly("--max-error-rate", "0.4");
    assertThat(half.err()).contains("1 of 2 images have no labels");
    assertThat(half.code()).isEqualTo(ExitCode.TOO_MANY_ERRORS);
  }

  @Test
  void anotherModelIsToldBeforeTheNight() {
    assertThat(nightly().err()).doesNotContain("another model");
    String words =
        "1 listed, 0 skipped: the table holds rows of another model, differing in preprocessing"
            + " (keras, was none)";
    assertThat(nightly("--preprocessing", "keras", "--dry-run").out()).contains(words);
    CommandLineRun other = nightly("--preprocessing", "keras");
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(other.err())
        .contains("inception-spark nightly: " + words)
        .containsPattern("1 images in [0-9.]+ s, labelled at [0-9.]+ images/s, into ");
    assertThat(nightly("--preprocessing", "keras").err()).doesNotContain("another model");
    assertThat(nightly().err()).doesNotContain("another model");
  }

  @Test
  void timesThatAreNone() {
    CommandLineRun run = nightly("--since", "yesterday");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err())
        .startsWith("inception-spark nightly: since must be a date or a time in UTC")
        .contains("found yesterday")
        .hasLineCount(1);
    assertThat(nightly("--limit", "0").err())
        .contains("limit must be from 1 to 2147483647, found 0");
    assertThat(Path.of(output)).doesNotExist();
  }

  @Test
  void aTableThatIsNotThereCannotBeCleaned() {
    CommandLineRun run = CommandLineRun.of("label", "--clean", "--output", output);
    assertThat(run.err())
        .isEqualTo(
            "inception-spark clean: table " + output + " does not exist" + System.lineSeparator());
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
  }
}
