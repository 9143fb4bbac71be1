package org.inceptionspark.cli.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.weights.Fixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weights} as a user runs it, on the demonstration model. */
class WeightsCommandTest {
  private static final String MODEL = "src/quickstart/model";
  private static final String LABELS = "src/quickstart/model/labels.txt";

  @TempDir Path folder;

  @Test
  void inspect() {
    CommandLineRun run = CommandLineRun.of("weights", "inspect", MODEL);
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("format       TF.js layers model\n")
        .contains("tensors      382 with 22,")
        .contains("family       Keras\n")
        .contains("classes      5\n")
        .contains("dense        layers of [256, 128] units before the logits\n")
        .contains("usable       yes, nothing is missing\n")
        .contains("unused       none\n")
        .containsPattern(
            "(?m)^conv2d_1/kernel +uint8 +\\[3, 3, 3, 32] +-\\S+ to \\S+ +"
                + " -> InceptionV3/Conv2d_1a_3x3/weights$");
    assertThat(run.out().lines().map(line -> line.indexOf("->")).filter(at -> at >= 0).distinct())
        .as("columns of the arrows")
        .hasSize(1);
  }

  @Test
  void oneValueIsNoRange() throws IOException {
    Path file = folder.resolve("ones.safetensors");
    byte[] header =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}".getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(12 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(header.length).put(header).putFloat(1).array());
    assertThat(CommandLineRun.of("weights", "inspect", file.toString()).out())
        .contains("unused       1 tensor that the network does not need\n")
        .endsWith(" [1]                1.0000  (unused)\n");
  }

  @Test
  void inspectNamesTheMissingShard() throws IOException {
    Path index = folder.resolve("model.ckpt.index");
    Files.copy(Fixtures.path("tf_v2/tiny").resolve("model.ckpt.index"), index);
    CommandLineRun run = CommandLineRun.of("weights", "inspect", index.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("data file model.ckpt.data-00000-of-00001 is missing");
  }

  @Test
  void inspectAsJson() throws IOException {
    CommandLineRun run = CommandLineRun.of("weights", "inspect", "--json", MODEL);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.path("format").asText()).isEqualTo("TFJS");
    assertThat(json.path("traits").path("classes").asInt()).isEqualTo(5);
    assertThat(json.path("usable").asBoolean()).isTrue();
    assertThat(json.path("tensors")).hasSize(382);
    assertThat(json.path("tensors").get(0).path("range").path("finite").asBoolean()).isTrue();
  }

  @Test
  void verify() {
    CommandLineRun run = CommandLineRun.of("weights", "verify", MODEL, "--labels", LABELS);
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(MODEL + ": TF.js layers model, Keras\n")
        .containsPattern("(?m)^  0\\.9\\d+ +2  neutral$");
  }

  @Test
  void verifyWithLabelsOfAnotherModel() {
    CommandLineRun run = CommandLineRun.of("weights", "verify", MODEL, "--labels", "imagenet");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("labels imagenet name 1001 classes, the model has 5");
  }

  @Test
  void convertedModelIsTheSame() throws IOException {
    String output = folder.resolve("model.safetensors").toString();
    CommandLineRun convert = CommandLineRun.of("weights", "convert", MODEL, "--output", output);
    assertThat(convert.code()).isZero();
    assertThat(convert.out()).contains("382 variables, fingerprint ");
    assertThat(Files.size(Path.of(output))).isGreaterThan(80_000_000);
    assertThat(CommandLineRun.of("weights", "diff", MODEL, output).out())
        .startsWith("equal to the bit: fingerprint ");
    CommandLineRun again = CommandLineRun.of("weights", "convert", MODEL, "--output", output);
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("exists; name another or remove it");
  }

  @Test
  void aNameThatEndsAsOnnxIsOfThatFormat() throws IOException {
    Path output = folder.resolve("model.onnx");
    CommandLineRun run =
        CommandLineRun.of("weights", "convert", MODEL, "--output", output.toString());
    assertThat(run.code()).isZero();
    assertThat(CommandLineRun.of("weights", "inspect", output.toString()).out()).contains("ONNX");
  }

  @Test
  void unreadableFile() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "these are no weights");
    CommandLineRun run = CommandLineRun.of("weights", "inspect", text.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "inception-spark weights inspect: "
                + text
                + ": its 20 bytes are of no known weight format\n");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    for (String subcommand : new String[] {"inspect", "verify"}) {
      CommandLineRun run = CommandLineRun.of("weights", subcommand, "absent.h5");
      assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
      assertThat(run.err())
          .isEqualToIgnoringNewLines(
              "inception-spark weights " + subcommand + ": absent.h5: no such file");
    }
  }

  @Test
  void anOutputWithoutADirectoryIsNamed() {
    Path output = folder.resolve("absent/model.onnx");
    CommandLineRun run =
        CommandLineRun.of("weights", "convert", MODEL, "--output", output.toString());
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains(output + ": " + output.getParent() + " is no directory");
  }

  @Test
  void noSubcommand() {
    CommandLineRun run = CommandLineRun.of("weights");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("one of inspect, verify, convert, diff is needed");
  }
}
