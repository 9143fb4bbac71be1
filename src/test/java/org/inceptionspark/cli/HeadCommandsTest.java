package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.labeler.Classifier;
import org.inceptionspark.spark.LocalSpark;
import org.inceptionspark.weights.ClassifierHead;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a night's table to a head, and with the head through another night. */
@Tag("slow")
class HeadCommandsTest {
  private static final String PHOTOS = "src/quickstart/photos";

  @TempDir static Path directory;

  private static Path labels;
  private static String table;
  private static String head;
  private static CommandLineRun training;

  @BeforeAll
  static void labelAndTrain() throws IOException {
    table = directory.resolve("table").toString();
    head = directory.resolve("head.safetensors").toString();
    labels =
        Files.write(
            directory.resolve("labels.csv"),
            List.of(
                "path,label",
                "photos/chelsea.jpg,animal",
                "photos/dogs.jpg,animal",
                "photos/racoon.jpg,animal",
                "photos/china.jpg,scene",
                "photos/mountains.jpg,scene",
                "photos/rocket.jpg,scene",
                "photos/absent.jpg,scene"));
    CommandLineRun night = label(table);
    assertThat(night.code()).as(night.err()).isZero();
    training = train("--json");
    assertThat(training.code()).as(training.err()).isZero();
  }

  private static CommandLineRun label(String output, String... more) {
    return CommandLineRun.of(
        with(
            List.of(
                "label",
                "--input",
                PHOTOS,
                "--glob",
                "*.jpg",
                "--output",
                output,
                "--weights",
                TinyModel.checkpoint().toString()),
            more));
  }

  private static CommandLineRun train(String... more) {
    return CommandLineRun.of(
        with(
            List.of(
                "train-head", "--table", table, "--labels", labels.toString(), "--output", head),
            more));
  }

  private static String[] with(List<String> arguments, String... more) {
    List<String> all = new java.util.ArrayList<>(arguments);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void trainingTellsWhatItFound() throws IOException {
    JsonNode json = new ObjectMapper().readTree(training.out());
    assertThat(json.at("/classes")).extracting(JsonNode::asText).containsExactly("animal", "scene");
    assertThat(json.at("/labels/given").asInt()).isEqualTo(7);
    assertThat(json.at("/labels/in_table").asInt()).isEqualTo(6);
    assertThat(json.at("/labels/unknown_examples/0").asText()).isEqualTo("photos/absent.jpg");
    assertThat(json.at("/validation/images").asInt()).isEqualTo(2);
    assertThat(json.at("/training/accuracy").asDouble()).isEqualTo(1);
    assertThat(json.at("/base_model").asText()).isEqualTo(TinyModel.spec().fingerprint());
    assertThat(json.at("/model").asText()).isEqualTo(ClassifierHead.load(Path.of(head)).model());
  }

  @Test
  void aHeadInThePassGivesTheBitsThatItGivesOfOldEmbeddings() {
    String output = directory.resolve("headed").toString();
    CommandLineRun run = label(output, "--head", head);
    assertThat(run.code()).as(run.err()).isZero();
    ClassifierHead classifier = ClassifierHead.load(Path.of(head));
    Classifier.Stream stream = Classifier.of(classifier).stream();
    List<Row> old = rows(table);
    List<Row> headed = rows(output);
    assertThat(headed).hasSize(12).hasSameSizeAs(old);
    for (int i = 0; i < old.size(); i++) {
      float[] logits = stream.logits(floats(old.get(i), "prelogits"));
      assertThat(floats(headed.get(i), "logits")).containsExactly(logits);
      assertThat(headed.get(i).<String>getAs("model")).isEqualTo(classifier.model());
    }
    CommandLineRun evaluation =
        CommandLineRun.of("evaluate", "--table", output, "--labels", labels.toString());
    assertThat(evaluation.code()).as(evaluation.err()).isZero();
    CommandLineRun before =
        CommandLineRun.of(
            "evaluate", "--table", table, "--labels", labels.toString(), "--head", head);
    assertThat(lines(before)).isEqualTo(lines(evaluation)).isNotEmpty();
    assertThat(evaluation.out())
        .contains("labels      7, in the table 6", "unknown     1: photos/absent.jpg")
        .contains("precision", "recall@5 1.0000");
    retrain(output);
  }

  /** The new table's embeddings are still those of the base. */
  private static void retrain(String headed) {
    CommandLineRun again =
        CommandLineRun.of(
            "train-head",
            "--table",
            headed,
            "--previous-head",
            head,
            "--labels",
            labels.toString(),
            "--output",
            directory.resolve("again.safetensors").toString());
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.out()).contains("base model  " + TinyModel.spec().fingerprint());
    assertThat(ClassifierHead.load(directory.resolve("again.safetensors")).model())
        .isEqualTo(ClassifierHead.load(Path.of(head)).model());
  }

  private static List<String> lines(CommandLineRun run) {
    return run.out().lines().filter(line -> !line.startsWith("model ")).toList();
  }

  private static List<Row> rows(String uri) {
    return LocalSpark.session().read().parquet(uri).orderBy("path").collectAsList();
  }

  private static float[] floats(Row row, String column) {
    List<Float> values = row.getList(row.fieldIndex(column));
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  @Test
  void anotherBaseIsRefused() {
    String output = directory.resolve("refused").toString();
    CommandLineRun run = label(output, "--head", head, "--orientation", "ignore");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("inception-spark label: the head was fitted to prelogits of model ")
        .contains("these weights with slim preprocessing and orientation ignore are model")
        .hasLineCount(1);
    assertThat(Path.of(output)).doesNotExist();
  }

  @Test
  void aHeadBringsItsOwnNames() {
    CommandLineRun run =
        label(directory.resolve("refused").toString(), "--head", head, "--labels", "imagenet");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("names its classes itself: leave out labels imagenet");
  }

  @Test
  void labelsThatFindNothingAreOneLine() throws IOException {
    Path other = Files.write(directory.resolve("o.csv"), List.of("path,label", "x.jpg,a"));
    CommandLineRun run =
        CommandLineRun.of("evaluate", "--table", table, "--labels", other.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("inception-spark evaluate: none of the 1 labelled paths is in the table: x.jpg")
        .hasLineCount(1);
  }

  @Test
  void helpShowsEveryOption() {
    assertThat(CommandLineRun.of("train-head", "--help").out())
        .contains("--table", "--labels", "--output", "--previous-head", "--validation", "--json");
    assertThat(CommandLineRun.of("evaluate", "--help").out())
        .contains("--table", "--labels", "--names", "--head", "--json");
  }
}
