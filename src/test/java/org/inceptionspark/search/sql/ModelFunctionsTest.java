package org.inceptionspark.search.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The session's model in SQL gives what the labelling job gives. */
@Tag("site")
class ModelFunctionsTest {
  private static final Path PHOTO = Path.of("src/quickstart/photos/chelsea.jpg");

  private static SparkSession spark;
  private static LabelResult expected;

  @BeforeAll
  static void label() throws Exception {
    spark = LocalSpark.session().newSession();
    spark.conf().set("spark.inceptionspark.weights", TinyModel.checkpoint().toString());
    byte[] photo = Files.readAllBytes(PHOTO);
    expected = ImageLabeler.create(TinyModel.spec()).stream(1).label(List.of(photo)).get(0);
    spark
        .read()
        .format("binaryFile")
        .load(PHOTO.toString())
        .selectExpr("label_image(content) AS r")
        .createTempView("labelled");
  }

  @Test
  void labelsAnImageAsTheJobDoes() {
    Row row = spark.sql("SELECT r.* FROM labelled").head();
    assertThat(row.<String>getAs("sha256")).isEqualTo(expected.sha256());
    assertThat(row.<String>getAs("format")).isEqualTo("JPEG");
    assertThat(row.<Integer>getAs("width")).isEqualTo(expected.width());
    assertThat(row.<Float>getList(row.fieldIndex("logits")))
        .containsExactly(boxed(expected.logits()));
    assertThat(row.<Float>getList(row.fieldIndex("prelogits")))
        .containsExactly(boxed(expected.prelogits()));
    assertThat(row.<Row>getList(row.fieldIndex("top")).get(0).getInt(0))
        .isEqualTo(expected.top().get(0).index());
    assertThat(row.<Object>getAs("error")).isNull();
    assertThat(row.<String>getAs("model")).isEqualTo(TinyModel.spec().fingerprint());
  }

  @Test
  void logitsOfEmbeddingsAreThoseOfTheirImages() {
    Row row =
        spark
            .sql(
                "SELECT logits_of(r.prelogits) = r.logits, logits_of(CAST(NULL AS ARRAY<FLOAT>)) FROM labelled")
            .head();
    assertThat(row.getBoolean(0)).isTrue();
    assertThat(row.isNullAt(1)).isTrue();
    assertThatThrownBy(() -> spark.sql("SELECT logits_of(array(1F, 2F))").collect())
        .hasStackTraceContaining("2 prelogits where the classifier takes 128");
  }

  /** Images that no other test has, so that none is known. */
  private static long computed(String view, String query) throws Exception {
    byte[] photo = Files.readAllBytes(PHOTO);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] other = Arrays.copyOf(photo, photo.length + 8);
      ByteBuffer.wrap(other).putLong(photo.length, System.nanoTime());
      rows.add(RowFactory.create(i, other));
    }
    spark
        .createDataFrame(rows, StructType.fromDDL("id int, content binary"))
        .repartition(2)
        .cache()
        .createOrReplaceTempView(view);
    long before = SessionModel.computed();
    assertThat(spark.sql(query).collectAsList()).hasSize(6);
    return SessionModel.computed() - before;
  }

  /** In a filter, in the projection above it, through views, joins and without generated code. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, label_image(content).top FROM shots WHERE label_image(content).error IS NULL",
        "SELECT r.top, r.logits FROM (SELECT label_image(content) AS r FROM shots)"
            + " WHERE r.error IS NULL AND r.width > 1",
        "WITH w AS (SELECT id, label_image(content) AS r FROM shots)"
            + " SELECT a.r.top, b.r.width FROM w a JOIN w b ON a.id = b.id WHERE a.r.error IS NULL",
        "SELECT /*+ MERGE(b) */ label_image(a.content).top FROM shots a JOIN shots b ON a.id = b.id"
            + " WHERE label_image(a.content).error IS NULL",
        "SELECT CASE WHEN id >= 0 THEN label_image(content).top END,"
            + " CASE WHEN id < 9 THEN label_image(content).logits END FROM shots",
        "SELECT id FROM shots ORDER BY label_image(content).top[0].probability"
      })
  void anImageIsComputedOnceHoweverOftenItIsNamed(String query) throws Exception {
    assertThat(computed("shots", query)).isEqualTo(6);
    for (String setting : List.of("spark.sql.codegen.wholeStage", "spark.sql.adaptive.enabled")) {
      spark.conf().set(setting, false);
      try {
        assertThat(computed("shots", query)).isEqualTo(6);
      } finally {
        spark.conf().unset(setting);
      }
    }
  }

  @Test
  void whatAnotherConditionExcludesIsNotComputed() throws Exception {
    computed("shots", "SELECT id FROM shots");
    long before = SessionModel.computed();
    String view = "(SELECT id, label_image(content) AS r FROM shots)";
    assertThat(spark.sql("SELECT r.top FROM " + view + " WHERE r.error IS NULL AND id = 3").count())
        .isEqualTo(1);
    assertThat(SessionModel.computed() - before).isEqualTo(1);
  }

  @Test
  void aBadImageHasAnErrorAndNoImageIsNull() {
    Row row = spark.sql("SELECT label_image(X'00'), label_image(CAST(NULL AS BINARY))").head();
    assertThat(row.getStruct(0).<Row>getAs("error").getString(0)).isEqualTo("NOT_AN_IMAGE");
    assertThat(row.getStruct(0).<Object>getAs("logits")).isNull();
    assertThat(row.isNullAt(1)).isTrue();
  }

  @Test
  void asksForAModel() {
    SparkSession session = LocalSpark.session().newSession();
    assertThatThrownBy(() -> session.sql("SELECT label_image(X'00')"))
        .hasMessage("label_image needs the setting spark.inceptionspark.weights: a weight file");
    assertThatThrownBy(() -> session.sql("SELECT logits_of(array(1F))"))
        .hasMessage(
            "logits_of needs the setting spark.inceptionspark.weights: a weight file,"
                + " or spark.inceptionspark.head: a head");
    session.conf().set("spark.inceptionspark.weights", "absent.ckpt");
    assertThatThrownBy(() -> session.sql("SELECT label_image(X'00')"))
        .hasMessageContaining("absent.ckpt");
  }

  private static Float[] boxed(float[] values) {
    Float[] all = new Float[values.length];
    for (int i = 0; i < values.length; i++) {
      all[i] = values[i];
    }
    return all;
  }
}
