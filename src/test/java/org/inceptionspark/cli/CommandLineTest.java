package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  private static final String PHOTOGRAPH = "src/quickstart/photos/fig.jpg";

  @TempDir Path directory;

  private Path config(String... lines) throws IOException {
    return Files.write(directory.resolve("label.properties"), java.util.List.of(lines));
  }

  private String output() {
    return directory.resolve("labels").toString();
  }

  @Test
  void helpShowsEveryOption() {
    CommandLineRun run = CommandLineRun.of("label", "--help");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("--input", "--output", "--weights", "--labels", "--top", "--end-points")
        .contains(
            "--orientation", "--decode", "--preprocessing", "--max-pixels", "--glob", "--batch")
        .contains("--kernels", "--run-date", "--if-exists", "--max-error-rate", "--config");
  }

  @Test
  void versionIsOneLine() {
    CommandLineRun run = CommandLineRun.of("label", "--version");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("inception-spark ").hasLineCount(1);
  }

  @Test
  void noCommandShowsHowToUseIt() {
    CommandLineRun run = CommandLineRun.of();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("Usage: inception-spark", "label");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--no-such-option|unknown option --no-such-option",
        "--outputs=x|unknown option --outputs, did you mean --output?",
        "--top=many|Invalid value for option '--top': 'many' is not an int",
        "--top=0|--top must be at least 1, found 0",
        "--batch=0|--batch must be at least 1, found 0",
        "--max-pixels=0|--max-pixels must be at least 1, found 0",
        "--max-error-rate=2|--max-error-rate must be from 0 to 1, found 2.0",
        "--orientation=left|orientation must be apply or ignore, found left",
        "--decode=half|decode must be full or scaled, found half",
        "--kernels=gpu|kernels must be auto, vector, scalar or exact, found gpu",
        "--preprocessing=x|no preprocessing is named \"x\"",
        "--if-exists=maybe|Invalid value for option '--if-exists'",
        "--run-date=tomorrow|needed is a date such as 2026-01-31, found tomorrow",
        "--config=absent.properties|cannot read the file absent.properties",
      })
  void wrongOptionsAreOneLine(String option, String message) {
    CommandLineRun run =
        CommandLineRun.of(
            "label",
            option,
            "--input",
            PHOTOGRAPH,
            "--output",
            output(),
            "--weights",
            TinyModel.checkpoint().toString());
    assertThat(run.err()).startsWith("inception-spark label: ").contains(message).hasLineCount(1);
    assertThat(run.code()).isEqualTo(1);
    assertThat(directory.resolve("labels")).doesNotExist();
  }

  @Test
  void missingOptionsAreNamed() {
    CommandLineRun run = CommandLineRun.of("label", "--input", PHOTOGRAPH);
    assertThat(run.err()).contains("--output", "--weights").hasLineCount(1);
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void optionsWinOverTheFileAndTheFileOverDefaults() throws IOException {
    Path file =
        config(
            "input = " + PHOTOGRAPH + " , src/quickstart/photos/china.jpg",
            "output = " + output(),
            "weights = " + TinyModel.checkpoint(),
            "top = 3",
            "run-date = 2026-01-01");
    CommandLineRun run =
        CommandLineRun.of("label", "--config", file.toString(), "--run-date", "2026-01-31");
    assertThat(run.err()).contains("labelled", "2 images in");
    assertThat(run.code()).isZero();
    Row row =
        LocalSpark.session()
            .read()
            .parquet(output())
            .selectExpr("size(top)", "string(run_date)", "count(1) over ()")
            .head();
    assertThat(row).hasToString("[3,2026-01-31,2]");
  }

  @Test
  void unknownKeysAreErrors() throws IOException {
    Path file = config("topp = 3", "config = x", "output = " + output());
    CommandLineRun run = CommandLineRun.of("label", "--config", file.toString());
    assertThat(run.err())
        .startsWith("inception-spark label: " + file + ": unknown keys [config, topp]")
        .hasLineCount(1);
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void anUnknownOptionIsNamedBeforeWhatIsMissing() {
    CommandLineRun run = CommandLineRun.of("label", "--inputs", PHOTOGRAPH, "--output", output());
    assertThat(run.err())
        .startsWith("inception-spark label: unknown option --inputs, did you mean --input?")
        .hasLineCount(1);
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  void aPatternAndASchemeOfOtherToolsAreExplained() {
    assertThat(failed("src/quickstart/photos/*.jpg"))
        .endsWith("; a path is taken as it is: give its directory, and --glob '*.jpg'");
    assertThat(failed("s3://bucket/in")).endsWith("\"s3\": for S3 write s3a://");
  }

  private String failed(String input) {
    String weights = TinyModel.checkpoint().toString();
    CommandLineRun run =
        CommandLineRun.of("label", "--input", input, "--output", output(), "--weights", weights);
    assertThat(run.code()).isEqualTo(1);
    return run.err().strip();
  }

  @Test
  void aRunThatLabelsNothingIsThree() throws IOException {
    Files.writeString(directory.resolve("bad.jpg"), "no image");
    String[] label = {
      "label",
      "--input",
      directory.resolve("bad.jpg").toString(),
      "--output",
      output(),
      "--weights",
      TinyModel.checkpoint().toString(),
      "--if-exists",
      "append"
    };
    CommandLineRun run = CommandLineRun.of(label);
    assertThat(run.err())
        .contains("not one of 1 images has labels, mostly because of NOT_AN_IMAGE");
    assertThat(run.code()).isEqualTo(3);
    CommandLineRun again = CommandLineRun.of(label);
    assertThat(again.code()).as("a night with nothing new: " + again.err()).isZero();
  }

  @Test
  void moreErrorsThanAllowedIsThree() throws IOException {
    Files.writeString(directory.resolve("bad.jpg"), "no image");
    CommandLineRun run =
        CommandLineRun.of(
            "label",
            "--input",
            PHOTOGRAPH,
            directory.resolve("bad.jpg").toString(),
            "--output",
            output(),
            "--weights",
            TinyModel.checkpoint().toString(),
            "--max-error-rate",
            "0.4");
    assertThat(run.err())
        .contains("NOT_AN_IMAGE                  1")
        .endsWith(
            "inception-spark label: 1 of 2 images have no labels, more than --max-error-rate 0.4"
                + " allows"
                + System.lineSeparator());
    assertThat(run.code()).isEqualTo(3);
    assertThat(LocalSpark.session().read().parquet(output()).count()).isEqualTo(2);
  }
}
