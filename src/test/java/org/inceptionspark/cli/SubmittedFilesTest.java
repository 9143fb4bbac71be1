package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.cli.options.ConfigFile;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.yarn.ShippedFiles;
import org.inceptionspark.cli.yarn.Submission;
import org.inceptionspark.job.TinyModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;

/** What is shipped with a command to a cluster that does not see this machine's files. */
class SubmittedFilesTest {
  private static final String DEFAULT_FS = "spark.hadoop.fs.defaultFS=hdfs://127.0.0.1:1";

  @TempDir Path directory;

  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws IOException {
    try (var tiny = Files.list(TinyModel.checkpoint().getParent())) {
      for (Path file : tiny.toList()) {
        Files.copy(file, directory.resolve(file.getFileName().toString().replace("model", "m")));
      }
    }
    Files.writeString(directory.resolve("m.ckptx.index"), "");
    Files.writeString(directory.resolve("shard1"), "");
    Files.writeString(
        directory.resolve("model.json"),
        "{\"weightsManifest\": [{\"paths\": [\"shard1\"], \"weights\": []}]}");
    Files.writeString(directory.resolve("labels.txt"), "a\n");
    Files.createDirectories(directory.resolve("saved/variables"));
    Files.writeString(directory.resolve("saved/variables/v"), "");
  }

  private ShippedFiles files(List<String> spark, String... job) throws IOException {
    CommandLine commandLine = Main.commandLine(new PrintWriter(err), new PrintWriter(err));
    Submission submission = Submission.of(spark);
    CommandLine command = commandLine.getSubcommands().get(job[0]);
    ConfigFile.in(job).map(submission::local).ifPresent(file -> ConfigFile.apply(file, command));
    commandLine.parseArgs(job);
    return submission.files(command, List.of(job));
  }

  private ShippedFiles label(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("label", "--input=s3a://b/i", "--output", "s3a://b/o"));
    words.addAll(List.of(more));
    return files(List.of(), words.toArray(String[]::new));
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private String uri(String name) {
    return directory.resolve(name).toUri().toString();
  }

  @Test
  void aCheckpointGoesWithItsParts() throws IOException {
    ShippedFiles files = label("--weights", path("m.ckpt"), "--labels=" + path("labels.txt"));
    assertThat(files.files())
        .containsExactlyInAnyOrder(
            uri("m.ckpt.data-00000-of-00001"), uri("m.ckpt.index"), uri("labels.txt"));
    assertThat(files.arguments())
        .containsSequence("--weights", "./m.ckpt")
        .contains("--labels=./labels.txt");
  }

  @Test
  void jsonGoesWithWhatItLists() throws IOException {
    assertThat(label("--weights", path("model.json")).files())
        .containsExactly(uri("model.json"), uri("shard1"));
  }

  @Test
  void aDirectoryGoesAsAnArchive() throws IOException {
    ShippedFiles files = label("--weights", path("saved"));
    assertThat(files.files()).isEmpty();
    assertThat(files.archives()).singleElement().asString().endsWith(".zip#saved");
    assertThat(files.arguments()).containsSequence("--weights", "./saved");
  }

  @Test
  void whatIsInStorageOrComesWithTheProgramStays() throws IOException {
    ShippedFiles files = label("--weights", "s3a://b/m.ckpt", "--labels", "imagenet");
    assertThat(files.files()).isEmpty();
    assertThat(files.arguments()).contains("s3a://b/m.ckpt", "imagenet");
  }

  @Test
  void filesNamedInAConfigurationGoToo() throws IOException {
    Path config = directory.resolve("night.properties");
    Files.writeString(config, "weights = " + path("model.json") + "\noutput = s3a://b/o\n");
    ShippedFiles files =
        files(List.of(), "nightly", "--config", config.toString(), "--input", "s3a://b/i");
    assertThat(files.files())
        .containsExactlyInAnyOrder(uri("night.properties"), uri("model.json"), uri("shard1"));
    assertThat(files.arguments())
        .containsExactly(
            "nightly",
            "--config",
            "./night.properties",
            "--input",
            "s3a://b/i",
            "--weights=./model.json");
  }

  @Test
  void whatTheUserShipsIsFoundThere() throws IOException {
    Path config = directory.resolve("night.properties");
    Files.writeString(config, "weights = s3a://b/m.ckpt\noutput = s3a://b/o\n");
    ShippedFiles files =
        files(
            List.of("--files", config.toString()),
            "nightly",
            "--config",
            "night.properties",
            "--input",
            "s3a://b/i");
    assertThat(files.files()).isEmpty();
    assertThat(files.arguments()).containsSequence("--config", "night.properties");
  }

  @Test
  void whatWouldBeLostIsRefused() {
    assertThatThrownBy(() -> label("--weights", "s3a://b/m", "--report", "r.html"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("in cluster mode --report r.html would be written to the driver's");
    assertThatThrownBy(() -> files(List.of(), "show", "labels"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("labels is a directory of one machine, as fs.defaultFS is file:///");
  }

  @Test
  void dataWithoutASchemeIsOnTheDefaultFileSystem() throws IOException {
    assertThat(files(List.of("--conf", DEFAULT_FS), "show", "labels").arguments())
        .containsExactly("show", "labels");
  }

  @Test
  void twoFilesOfOneNameAreRefused() throws IOException {
    Files.writeString(directory.resolve("saved/labels.txt"), "");
    assertThatThrownBy(
            () -> label("--weights", path("saved/labels.txt"), "--labels", path("labels.txt")))
        .hasMessageContaining("has the same name as another file to be shipped: labels.txt");
  }

  /** An option that is forgotten would name a file that the driver does not find. */
  @Test
  void everyOptionThatNamesAFileIsMarked() {
    List<String> forgotten = new ArrayList<>();
    collect(Main.commandLine(new PrintWriter(err), new PrintWriter(err)), forgotten);
    assertThat(forgotten).containsExactly("store-check URI");
  }

  private static void collect(CommandLine command, List<String> forgotten) {
    for (ArgSpec argument : command.getCommandSpec().args()) {
      boolean file = argument.paramLabel().matches(".*(FILE|URI|PNG|TABLE|HEAD|OTHER).*");
      boolean marked =
          argument.userObject() instanceof Field field && field.isAnnotationPresent(Names.class);
      if (file && !marked) {
        forgotten.add(command.getCommandName() + " " + argument.paramLabel());
      }
    }
    command.getSubcommands().values().forEach(each -> collect(each, forgotten));
  }
}
