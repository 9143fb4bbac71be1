package org.inceptionspark.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions in SQL: by name, with types, nulls and errors, compiled and interpreted. */
class SqlFunctionsTest {
  private static final String COSINE = "vector_cosine_similarity(v, w)";

  @TempDir private static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void writeVectors() throws Exception {
    LocalSpark.session()
        .sql(
            "SELECT * FROM VALUES (1, array(1F, 2F, 3F), array(4F, 5F, 6F)),"
                + " (2, array(0F, 0F, 0F), array(1F, 2F, 3F)), (3, NULL, array(1F, 2F, 3F)),"
                + " (4, array(1F, NULL, 3F), array(1F, 2F, 3F)) AS (id, v, w)")
        .write()
        .parquet(directory.resolve("vectors").toString());
    spark = session();
  }

  private static SparkSession session() throws Exception {
    SparkSession session = LocalSpark.session().newSession();
    session.read().parquet(directory.resolve("vectors").toString()).createTempView("vectors");
    return session;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vector_cosine_similarity(array(1F, 2F, 3F), array(4F, 5F, 6F)) | 0.97463185",
        "vector_inner_product(array(1F, 2F, 3F), array(4F, 5F, 6F)) | 32.0",
        "vector_l2_distance(array(1F, 2F, 3F), array(4F, 5F, 6F)) | 5.196152",
        "vector_norm(array(3F, 4F)) | 5.0",
        "vector_norm(array(3F, 4F), 1F) | 7.0",
        "vector_norm(array(3F, 4F), float('inf')) | 4.0",
        "vector_normalize(array(3F, 4F)) | [0.6,0.8]",
        "vector_normalize(array(3F, 4F), float('inf')) | [0.75,1.0]",
        "softmax(array(1F, 1F)) | [0.5,0.5]",
        "top_labels(array(1F, 2F), 1) | [{1,1,0.7310586}]",
      })
  void answersAsDescribed(String call, String expected) {
    Object answer = spark.sql("SELECT cast(" + call + " AS string)").head().getString(0);
    assertThat(answer.toString().replace(", ", ",")).isEqualTo(expected);
  }

  /** Whether Spark compiles a query or interprets it must not show. */
  @ParameterizedTest
  @CsvSource({"true, CODEGEN_ONLY", "false, CODEGEN_ONLY", "false, NO_CODEGEN"})
  void nullsAndColumnsInEveryWayOfExecution(String wholeStage, String factory) throws Exception {
    SparkSession session = session();
    session.conf().set("spark.sql.codegen.wholeStage", wholeStage);
    session.conf().set("spark.sql.codegen.factoryMode", factory);
    Dataset<Row> answer =
        session.sql(
            "SELECT "
                + COSINE
                + ", vector_inner_product(v, w), vector_l2_distance(v, v), vector_norm(v),"
                + " vector_normalize(v) IS NULL, softmax(v)[0] FROM vectors ORDER BY id");
    assertThat(answer.collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[0.97463185,32.0,0.0,3.7416575,false,0.09003057]",
            "[null,0.0,0.0,0.0,true,0.33333334]",
            "[null,null,null,null,true,null]",
            "[null,null,null,null,true,null]");
  }

  @Test
  void staysInsideGeneratedCodeAndReadsWellInPlans() {
    Dataset<Row> query =
        spark.sql("SELECT id FROM vectors ORDER BY vector_cosine_similarity(v, array(1F, 2F, 3F))");
    String plan =
        query.queryExecution().explainString(org.apache.spark.sql.execution.SimpleMode$.MODULE$);
    assertThat(plan).contains("vector_cosine_similarity(v#").contains("[1.0,2.0,3.0])");
    assertThat(plan).containsPattern("\\*\\(1\\) Project|WholeStageCodegen|AdaptiveSparkPlan");
  }

  @Test
  void castsNothing() {
    assertThatThrownBy(() -> spark.sql("SELECT vector_norm(array(1D, 2D))"))
        .hasMessageContaining("[DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE]")
        .hasMessageContaining("\"vector_norm(array(1.0, 2.0), 2.0)\"")
        .hasMessageContaining("first parameter requires the \"ARRAY<FLOAT>\" type")
        .hasMessageContaining("has the type \"ARRAY<DOUBLE>\"");
  }

  @Test
  void countsArguments() {
    assertThatThrownBy(() -> spark.sql("SELECT vector_inner_product(array(1F))"))
        .hasMessageContaining("[WRONG_NUM_ARGS.WITHOUT_SUGGESTION]")
        .hasMessageContaining("`vector_inner_product` requires 2 parameters")
        .hasMessageContaining("actual number is 1");
    assertThatThrownBy(() -> spark.sql("SELECT vector_norm()"))
        .hasMessageContaining("requires [1, 2] parameters");
  }

  @Test
  void saysBothLengths() {
    assertThatThrownBy(
            () -> spark.sql("SELECT vector_l2_distance(v, array(1F)) FROM vectors").collect())
        .hasStackTraceContaining(
            "vector_l2_distance: the vectors must have the same length, found 3 and 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector_norm", "softmax", "label_name"})
  void describesItself(String function) {
    List<Row> lines = spark.sql("DESCRIBE FUNCTION EXTENDED " + function).collectAsList();
    assertThat(lines.toString())
        .contains("Usage: " + function + "(")
        .contains("SELECT " + function);
  }

  @Test
  void namesClassesByTheSessionsLabels() throws Exception {
    SparkSession session = session();
    assertThatThrownBy(() -> session.sql("SELECT label_name(1)"))
        .hasMessage(
            "label_name needs the setting spark.inceptionspark.labels:"
                + " imagenet, imagenet-1000 or a file");
    session.conf().set("spark.inceptionspark.labels", "imagenet");
    assertThat(
            session.sql("SELECT label_name(282), label_name(CAST(NULL AS INT))").head().toString())
        .isEqualTo("[tabby,null]");
    Path names = Files.writeString(directory.resolve("names.txt"), "cat\ndog\n");
    session.conf().set("spark.inceptionspark.labels", names.toString());
    assertThat(session.sql("SELECT top_labels(array(1F, 2F), 1)[0].label").head().get(0))
        .isEqualTo("dog");
    assertThatThrownBy(() -> session.sql("SELECT label_name(2)").collect())
        .hasStackTraceContaining("label_name: class 2 is not one of")
        .hasStackTraceContaining("(2 classes)");
    assertThatThrownBy(() -> session.sql("SELECT top_labels(array(1F, 2F, 3F), 1)").collect())
        .hasStackTraceContaining("name 2 classes, the model has 3");
    session.conf().set("spark.inceptionspark.labels", "absent.txt");
    assertThatThrownBy(() -> session.sql("SELECT label_name(2)"))
        .hasMessageContaining("labels absent.txt");
  }
}
