package org.inceptionspark.search.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views of a labels table that one setting names. */
@Tag("site")
class LabelViewsTest {

  @TempDir private static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void writeTable() throws Exception {
    spark = LocalSpark.session().newSession();
    String table = directory.resolve("labels").toString();
    night(table, "2026-01-01", "cat.jpg", "2025-12-31", "a", "cat", null);
    night(table, "2026-01-02", "cat.jpg", "2026-01-01", "a", "dog", null);
    night(table, "2026-01-02", "cat.jpg", "2026-01-01", "b", "cat", null);
    night(table, "2026-01-02", "lost.jpg", "2026-01-01", "a", null, "UNREADABLE");
    night(table, "2026-01-02", "lost.jpg", "2026-01-01", "a", "cat", null);
    night(table, "2026-01-01", "bad.jpg", "2025-12-31", "a", "cat", null);
    night(table, "2026-01-02", "bad.jpg", "2026-01-01", "a", null, "CORRUPT");
    Files.createDirectories(directory.resolve("labels/_runs"));
    Files.writeString(
        directory.resolve("labels/_runs/1.json"),
        """
        {
          "run_id" : "1", "run_date" : "2026-01-02", "started" : "2026-01-02T02:00:00.5Z",
          "images" : 3, "counts" : {"LABELLED" : 2, "CORRUPT" : 1}, "of_tomorrow" : [1]
        }
        """);
    spark.conf().set("spark.inceptionspark.table", table);
  }

  private static void night(
      String table,
      String date,
      String path,
      String modified,
      String model,
      String label,
      String error) {
    String top =
        label == null ? "NULL" : "array(named_struct('i', 0, 'l', '" + label + "', 'p', 0.5F))";
    String struct = error == null ? "NULL" : "named_struct('k', '" + error + "', 'm', 'why')";
    spark
        .sql(
            "SELECT '%s' AS path, 1L AS length, TIMESTAMP '%s' AS modified, CAST(%s AS ARRAY<STRUCT<index: INT, label: STRING, probability: FLOAT>>) AS top, CAST(%s AS STRUCT<kind: STRING, message: STRING>) AS error, CAST(NULL AS STRING) AS sha256, '%s' AS model, DATE '%s' AS run_date"
                .formatted(path, modified, top, struct, model, date))
        .write()
        .mode("append")
        .partitionBy("run_date")
        .parquet(table);
  }

  private static List<String> answers(String query) {
    return spark.sql(query).collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void latestHasTheNewestRowOfEachImageAndModel() {
    assertThat(
            answers(
                "SELECT path, model, run_date, top[0].label, error.kind FROM labels_latest"
                    + " ORDER BY path, model"))
        .containsExactly(
            "[bad.jpg,a,2026-01-02,null,CORRUPT]",
            "[cat.jpg,a,2026-01-02,dog,null]",
            "[cat.jpg,b,2026-01-02,cat,null]",
            "[lost.jpg,a,2026-01-02,cat,null]");
    assertThat(spark.table("labels_latest").columns()).isEqualTo(spark.table("labels").columns());
  }

  @Test
  void countsLabels() {
    assertThat(answers("SELECT * FROM label_counts ORDER BY model, label"))
        .containsExactly(
            "[a,2026-01-02,cat,1,0.5]", "[a,2026-01-02,dog,1,0.5]", "[b,2026-01-02,cat,1,0.5]");
  }

  @Test
  void listsFailuresThatNoLaterRowMended() {
    assertThat(answers("SELECT path, kind, message, model FROM failures"))
        .containsExactly("[bad.jpg,CORRUPT,why,a]");
  }

  @Test
  void readsTheRecordsOfRunsWhateverTheirVersion() {
    assertThat(
            answers(
                "SELECT run_id, run_date, unix_micros(started), images, counts['CORRUPT'], status FROM runs"))
        .containsExactly("[1,2026-01-02,1767319200500000,3,1,null]");
  }

  @Test
  void joinsThemselvesAndServeSubqueries() {
    assertThat(
            answers(
                "WITH a AS (SELECT * FROM LABELS_LATEST) SELECT count(*) FROM a JOIN labels_latest b"
                    + " USING (path) WHERE path IN (SELECT path FROM failures)"))
        .containsExactly("[1]");
    assertThat(answers("SELECT count(*) FROM runs x JOIN runs y ON x.run_id = y.run_id"))
        .containsExactly("[1]");
  }

  @Test
  void theUsersOwnViewsComeFirst() throws Exception {
    SparkSession session = spark.newSession();
    session.conf().set("spark.inceptionspark.table", directory.resolve("labels").toString());
    session.sql("SELECT 'mine' AS word").createTempView("failures");
    assertThat(session.sql("SELECT * FROM failures").head().getString(0)).isEqualTo("mine");
  }

  @Test
  void areNotThereWithoutTheSetting() {
    SparkSession session = spark.newSession();
    assertThatThrownBy(() -> session.sql("SELECT * FROM labels_latest"))
        .hasMessageContaining("[TABLE_OR_VIEW_NOT_FOUND]");
  }

  @Test
  void sayWhichTableIsMissing() {
    SparkSession session = spark.newSession();
    session.conf().set("spark.inceptionspark.table", directory.resolve("absent").toString());
    assertThatThrownBy(() -> session.sql("SELECT * FROM failures"))
        .hasMessageContaining("PATH_NOT_FOUND")
        .hasMessageContaining("absent");
  }
}
