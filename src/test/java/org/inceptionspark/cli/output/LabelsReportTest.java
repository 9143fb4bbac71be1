package org.inceptionspark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LabelsReportTest {
  private static final String TOP =
      "array(named_struct('label', 'tabby cat', 'probability', float(0.75)),"
          + " named_struct('label', 'fig', 'probability', float(0.125)))";
  private static final String GOOD =
      "('s3a://b/in/a.jpg', "
          + TOP
          + ", array(1f, 2f), cast(null as struct<kind:string,message:string>), 'm')";
  private static final String BAD =
      "('s3a://b/in/long name.jpg', null, null, named_struct('kind', 'EMPTY', 'message', 'no bytes'), 'm')";

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
  }

  @Test
  void printsALineForEachImageAndTheTotals() {
    assertThat(report(BAD + "," + GOOD, 20, 2))
        .containsExactly(
            "a.jpg          tabby cat 0.7500  fig       0.1250",
            "long name.jpg  EMPTY: no bytes",
            "",
            "images      2: 1 labelled, 1 not",
            "from        s3a://b/in/",
            "embeddings  2 floats an image (column prelogits)",
            "model       m");
  }

  @Test
  void printsNoMoreThanAskedFor() {
    assertThat(report(BAD + "," + GOOD, 1, 1))
        .startsWith("a.jpg  tabby cat 0.7500", "... and 1 more");
  }

  @Test
  void anEmptyTableHasNoImages() {
    assertThat(new LabelsReport(table(GOOD).where("false"), 5, 5).lines())
        .containsExactly("", "images      0: 0 labelled, 0 not");
  }

  private static List<String> report(String rows, int most, int labels) {
    return new LabelsReport(table(rows), most, labels).lines();
  }

  private static Dataset<Row> table(String rows) {
    return spark.sql("select * from values " + rows + " as t(path, top, prelogits, error, model)");
  }
}
