package org.inceptionspark.learn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("site")
class InceptionV3FeaturizerTest {
  private static final StructType SCHEMA =
      new StructType().add("name", "string").add("content", "binary").add("label", "double");

  @TempDir Path directory;

  private static InceptionV3Featurizer featurizer() {
    return new InceptionV3Featurizer().setWeights(TinyModel.checkpoint().toString()).setBatch(2);
  }

  private static byte[] photograph(String name) throws IOException {
    return Files.readAllBytes(Path.of("src/quickstart/photos", name + ".jpg"));
  }

  private static Dataset<Row> photographs(String... names) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String name : names) {
      rows.add(RowFactory.create(name, photograph(name), (double) (rows.size() % 2)));
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }

  @Test
  void givesTheLabelersEmbeddings() throws IOException {
    List<Row> rows = featurizer().transform(photographs("china", "fig", "dogs")).collectAsList();
    assertThat(rows).extracting(row -> row.getString(0)).containsExactly("china", "fig", "dogs");
    for (Row row : rows) {
      float[] expected =
          ImageLabeler.create(TinyModel.spec()).stream(1)
              .label(List.of(photograph(row.getString(0))))
              .get(0)
              .prelogits();
      double[] found = row.<Vector>getAs("features").toArray();
      assertThat(found).hasSize(expected.length);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isEqualTo(expected[i]);
      }
      assertThat(row.<String>getAs("error")).isNull();
    }
  }

  @Test
  void badImagesHaveANullVectorAndAnError() {
    Dataset<Row> bad =
        LocalSpark.session()
            .createDataFrame(
                List.of(
                    RowFactory.create("null", null, 0.0),
                    RowFactory.create("text", "no image at all".getBytes(UTF_8), 0.0)),
                SCHEMA);
    List<Row> rows = featurizer().transform(bad).orderBy("name").collectAsList();
    assertThat(rows).allSatisfy(row -> assertThat(row.<Object>getAs("features")).isNull());
    assertThat(rows.get(0).<String>getAs("error")).startsWith("EMPTY: ");
    assertThat(rows.get(1).<String>getAs("error")).startsWith("NOT_AN_IMAGE: ");
  }

  @Test
  void aPipelineWithItIsSavedAndLoaded() throws IOException {
    Dataset<Row> photographs = photographs("china", "fig", "dogs", "chelsea");
    PipelineModel fitted =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  featurizer().setOutputCol("vector").setErrorCol("reason"),
                  new StandardScaler().setInputCol("vector").setOutputCol("scaled")
                })
            .fit(photographs);
    String path = directory.resolve("pipeline").toString();
    fitted.write().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    InceptionV3Featurizer stage = (InceptionV3Featurizer) loaded.stages()[0];
    assertThat(stage.uid()).isEqualTo(fitted.stages()[0].uid());
    assertThat(stage.explainParams())
        .contains("batch: images that go together (default: 8, current: 2)")
        .contains("current: vector", "current: reason");
    assertThat(rows(loaded.transform(photographs))).isEqualTo(rows(fitted.transform(photographs)));
  }

  private static List<String> rows(Dataset<Row> table) {
    return table.select("name", "vector", "scaled").collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  @Test
  void isSavedAndLoadedAlone() throws IOException {
    InceptionV3Featurizer featurizer = featurizer().setPreprocessing("keras");
    String path = directory.resolve("stage").toString();
    featurizer.save(path);
    InceptionV3Featurizer loaded = InceptionV3Featurizer.load(path);
    assertThat(loaded.explainParams()).isEqualTo(featurizer.explainParams());
    assertThat(loaded.copy(new org.apache.spark.ml.param.ParamMap()).explainParams())
        .isEqualTo(featurizer.explainParams());
  }

  @Test
  void saysWhatIsWrongWithColumnsAndSettings() throws IOException {
    StructType schema = SCHEMA.add("error", "string");
    InceptionV3Featurizer featurizer = new InceptionV3Featurizer("it");
    assertThatThrownBy(() -> featurizer.transformSchema(schema))
        .hasMessage("it: column error is there already");
    assertThatThrownBy(() -> featurizer.transformSchema(new StructType().add("x", "binary")))
        .hasMessage("it: no column content, there are [x]");
    assertThatThrownBy(() -> featurizer.transformSchema(new StructType().add("content", "string")))
        .hasMessage("it: column content is string, needed binary");
    Dataset<Row> photographs = photographs("china");
    assertThatThrownBy(() -> featurizer.transform(photographs))
        .hasMessage("it: weights is not set");
    assertThatThrownBy(() -> featurizer.setBatch(0)).hasMessageContaining("batch");
  }
}
