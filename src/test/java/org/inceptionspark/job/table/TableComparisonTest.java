package org.inceptionspark.job.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.ConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TableComparisonTest {
  private static final String A =
      "('a', 'm', array(float('0.0'), float('1.5')), named_struct('kind', cast(null as string)), date'2026-01-01')";
  private static final String B =
      "('b', 'm', null, named_struct('kind', 'CORRUPT'), date'2026-01-01')";

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @Test
  void rowOrderPartitionsAndIgnoredColumnsDoNotMatter() {
    Dataset<Row> left = table(A + "," + B);
    Dataset<Row> right = table(B + "," + A.replace("2026", "2027")).repartition(3);
    assertThat(TableComparison.compare(left, right, Set.of("run_date")))
        .isEqualTo(new TableComparison.Result(2, 0, List.of()));
    assertThat(TableComparison.compare(left, right, Set.of()).examples())
        .containsExactly("a: different in run_date");
  }

  @Test
  void aSignOfZeroIsADifference() {
    Dataset<Row> right = table(A.replace("float('0.0')", "float('-0.0')") + "," + B);
    TableComparison.Result result =
        TableComparison.compare(table(A + "," + B), right, Set.of("run_date"));
    assertThat(result.different()).isEqualTo(1);
    assertThat(result.examples()).containsExactly("a: different in logits");
  }

  @Test
  void aMissingRowAShorterArrayAndAnotherErrorAreDifferences() {
    Dataset<Row> left = table(A + "," + B);
    assertThat(TableComparison.compare(left, table(B), Set.of()).examples())
        .containsExactly("a: only in the first table");
    assertThat(TableComparison.compare(table(A), left, Set.of()).examples())
        .containsExactly("b: only in the second table");
    String shorter = A.replace(", float('1.5')", "");
    assertThat(TableComparison.compare(table(A), table(shorter), Set.of()).examples())
        .containsExactly("a: different in logits");
    String another = B.replace("CORRUPT", "EMPTY");
    assertThat(TableComparison.compare(table(B), table(another), Set.of()).examples())
        .containsExactly("b: different in error");
  }

  @Test
  void otherColumnsAreRefused() {
    assertThatThrownBy(() -> TableComparison.compare(table(A), table(A).drop("logits"), Set.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "the tables have different columns: [error, logits, model, path, run_date]"
                + " and [error, model, path, run_date]");
  }

  private static Dataset<Row> table(String rows) {
    return spark.sql(
        "select * from values " + rows + " as t(path, model, logits, error, run_date)");
  }
}
