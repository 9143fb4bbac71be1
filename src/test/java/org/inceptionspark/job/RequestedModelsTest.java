package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.task.SharedModel;
import org.inceptionspark.learn.InceptionV3Featurizer;
import org.inceptionspark.spark.LocalSpark;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.ClassifierHead;
import org.inceptionspark.weights.ModelWeights;
import org.inceptionspark.weights.SafetensorsWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal requests get the same model, until a file changes. */
@Tag("site")
class RequestedModelsTest {
  private static final String PHOTOGRAPH = "src/quickstart/photos/fig.jpg";

  @TempDir Path directory;

  private final SparkSession spark = LocalSpark.session();
  private Path weights;

  @BeforeEach
  void write() throws IOException {
    weights = directory.resolve("model.safetensors");
    write(weights, 1);
  }

  /** The tiny model with one variable times a factor. */
  private static void write(Path file, float factor) throws IOException {
    TreeMap<String, Tensor> variables =
        new TreeMap<>(ModelWeights.load(TinyModel.checkpoint()).variables());
    String first = "InceptionV3/Conv2d_1a_3x3/weights";
    float[] values = variables.get(first).data().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    variables.put(first, new Tensor(variables.get(first).shape(), values));
    SafetensorsWriter.write(ModelWeights.of("changed", variables), file);
  }

  private ModelRequest request(String orientation) {
    return new ModelRequest(
        weights.toString(),
        ModelVariant.of(new PixelOptions(orientation, "full", Optional.empty()), Optional.empty()),
        ResultOptions.of(Optional.empty(), 5));
  }

  private Dataset<Row> featurized() {
    return new InceptionV3Featurizer()
        .setWeights(weights.toString())
        .transform(spark.read().format("binaryFile").load(PHOTOGRAPH))
        .select("features");
  }

  private SparkSession session() {
    SparkSession session = spark.newSession();
    session.conf().set("spark.inceptionspark.weights", weights.toString());
    return session;
  }

  @Test
  void equalRequestsGetTheSameModel() {
    SharedModel model = RequestedModels.of(spark, request("apply"));
    assertThat(RequestedModels.of(spark, request("apply"))).isSameAs(model);
    assertThat(RequestedModels.of(spark, request("ignore")).fingerprint())
        .isNotEqualTo(model.fingerprint());
  }

  @Test
  void weightsThatWereReplacedAreReadAgain() throws IOException {
    String before = RequestedModels.of(spark, request("apply")).fingerprint();
    SparkSession session = session();
    String query = "SELECT label_image(content).model FROM binaryFile.`" + PHOTOGRAPH + "`";
    assertThat(session.sql(query).head().getString(0)).isEqualTo(before);
    Path other = directory.resolve("other");
    write(other, 2);
    Files.move(other, weights, StandardCopyOption.REPLACE_EXISTING);
    String after = RequestedModels.of(spark, request("apply")).fingerprint();
    assertThat(after).isNotEqualTo(before);
    assertThat(session.sql(query).head().getString(0)).isEqualTo(after);
  }

  @Test
  void aHeadThatWasReplacedIsReadAgain() throws IOException {
    String base = RequestedModels.of(spark, request("apply")).fingerprint();
    Path file = directory.resolve("head.safetensors");
    head(base, 1).write(file);
    SparkSession session = session();
    session.conf().set("spark.inceptionspark.head", file.toString());
    String query =
        "SELECT r.logits[0], logits_of(r.prelogits)[0] FROM"
            + " (SELECT label_image(content) AS r FROM binaryFile.`"
            + PHOTOGRAPH
            + "`)";
    assertThat(session.sql(query).head().getFloat(0)).isEqualTo(1);
    head(base, 2).write(file);
    Row row = session.sql(query).head();
    assertThat(row.getFloat(0)).isEqualTo(2);
    assertThat(row.getFloat(1)).isEqualTo(2);
  }

  private static ClassifierHead head(String base, float bias) {
    return new ClassifierHead(
        new Tensor(Shape.of(1, 1, 128, 1), new float[128]),
        new Tensor(Shape.of(1), new float[] {bias}),
        List.of("a"),
        base);
  }

  /** It uses its network while that is cached; after that, the file must be unchanged. */
  @Test
  void aQueryOfBeforeNeverMixesModels() throws IOException {
    Dataset<Row> before = featurized();
    String expected = before.head().toString();
    write(directory.resolve("other"), 2);
    Files.move(directory.resolve("other"), weights, StandardCopyOption.REPLACE_EXISTING);
    assertThat(featurized().head().toString()).isNotEqualTo(expected);
    try {
      assertThat(before.head().toString()).isEqualTo(expected);
    } catch (Exception e) {
      assertThat(e).hasStackTraceContaining("are others than when this query was made");
    }
  }

  @Test
  void whatAsksTheSameIsTheSamePlan() {
    SparkSession session = session();
    String query = "SELECT label_image(content) FROM binaryFile.`" + PHOTOGRAPH + "`";
    assertThat(session.sql(query).queryExecution().analyzed().canonicalized())
        .isEqualTo(session.sql(query).queryExecution().analyzed().canonicalized());
  }

  @Test
  void aModelThatIsGoneIsRefused() throws IOException {
    RequestedModels.of(spark, request("apply"));
    Files.delete(weights);
    assertThatThrownBy(() -> RequestedModels.of(spark, request("apply")))
        .hasMessageContaining("model.safetensors");
  }
}
