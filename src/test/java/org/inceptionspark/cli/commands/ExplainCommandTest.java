package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.image.DecodedImage;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.job.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  private static final String MODEL = "src/quickstart/model/model.json";
  private static final String LABELS = "src/quickstart/model/labels.txt";
  private static final String PHOTO = "src/quickstart/photos/racoon.jpg";

  @TempDir Path directory;

  private CommandLineRun explain(String image, String... more) {
    String[] tiny = {"explain", "--image", image, "--weights", TinyModel.checkpoint().toString()};
    String[] arguments = Arrays.copyOf(tiny, tiny.length + more.length);
    System.arraycopy(more, 0, arguments, tiny.length, more.length);
    return CommandLineRun.of(arguments);
  }

  @Test
  void writesThePictureAndSaysWhatItShows() throws Exception {
    Path png = directory.resolve("racoon.png");
    CommandLineRun run =
        CommandLineRun.of(
            "explain",
            "--image",
            PHOTO,
            "--weights",
            MODEL,
            "--labels",
            LABELS,
            "--output",
            png.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .startsWith(PHOTO + ": neutral 0.9")
        .containsPattern("logit [-0-9.]+ = 64 places [-0-9.]+ \\+ bias [-0-9.]+, through the units")
        .endsWith("written to " + png + System.lineSeparator());
    DecodedImage picture =
        new ImageDecoder(Orientation.APPLY, 10_000_000).decode(Files.readAllBytes(png));
    assertThat(picture.format()).isEqualTo("PNG");
    Files.createDirectories(Path.of("target/screenshots"));
    Files.copy(png, Path.of("target/screenshots/explain.png"), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void jsonHasTheMapWhoseSumIsTheLogit() throws Exception {
    Path png = directory.resolve("x.png");
    CommandLineRun run = explain(PHOTO, "--class", "7", "--output", png.toString(), "--json");
    assertThat(run.err()).isEmpty();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("index").asInt()).isEqualTo(7);
    assertThat(json.get("head").asText()).isEqualTo("linear");
    assertThat(json.get("map")).hasSize(8).allSatisfy(row -> assertThat(row).hasSize(8));
    double sum = json.get("bias").asDouble();
    for (JsonNode row : json.get("map")) {
      for (JsonNode value : row) {
        sum += value.asDouble();
      }
    }
    double logit = json.get("logit").asDouble();
    assertThat(sum).isCloseTo(logit, within(1e-4 * Math.abs(logit)));
    assertThat(png).exists();
  }

  @Test
  void failuresAreOneLine() {
    assertThat(explain("absent.jpg"))
        .isEqualTo(
            new CommandLineRun(
                1, "", line("inception-spark explain: image absent.jpg: not found")));
    assertThat(explain(PHOTO, "--class", "11").err())
        .isEqualTo(line("inception-spark explain: --class 11: the model has classes 0 to 10"));
    assertThat(explain(PHOTO, "--class", "cat").err())
        .isEqualTo(
            line(
                "inception-spark explain: --class cat: no class has this name; --labels gives names,"
                    + " numbers are 0 to 10"));
    CommandLineRun noImage = explain(LABELS);
    assertThat(noImage.code()).isEqualTo(2);
    assertThat(noImage.err())
        .startsWith("inception-spark explain: image " + LABELS + ": NOT_AN_IMAGE: ")
        .hasLineCount(1);
  }

  private static String line(String text) {
    return text + System.lineSeparator();
  }
}
