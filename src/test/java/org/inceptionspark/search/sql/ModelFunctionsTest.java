package org.inceptionspark.search.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.labeler.ImageLabeler;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
