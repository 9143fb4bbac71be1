package org.inceptionspark.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.learn.ConfusionMatrix.Cell;
import org.junit.jupiter.api.Test;

/** Seven classes, five images and what comes out of them by hand. */
class EvaluateTest {
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g");
  private static final float[] EMBEDDING = {0};

  private static final Dataset<Row> TABLE =
      new SyntheticTable()
          // Right.
          .image("1.jpg", "1", EMBEDDING, new float[] {9, 1, 2, 3, 4, 5, 6}, top(0), "2026-01-01")
          // c is second.
          .image("2.jpg", "2", EMBEDDING, new float[] {0, 9, 8, 1, 1, 1, 1}, top(1), "2026-01-01")
          // g is sixth: five are greater.
          .image("3.jpg", "3", EMBEDDING, new float[] {7, 6, 5, 4, 3, 1, 2}, top(0), "2026-01-01")
          // All the same: the lowest number is first, so e is fifth and f is sixth.
          .image("4.jpg", "4", EMBEDDING, new float[] {1, 1, 1, 1, 1, 1, 1}, top(0), "2026-01-01")
          .image("5.jpg", "5", EMBEDDING, new float[] {1, 1, 1, 1, 1, 1, 1}, top(0), "2026-01-01")
          .failure("6.jpg", "CORRUPT")
          .failure("7.jpg", "EMPTY")
          .table();

  private static final Dataset<Row> LABELS =
      SyntheticTable.labels(
          "1.jpg", "a", "2.jpg", "c", "3.jpg", "g", "4.jpg", "e", "5.jpg", "f", "6.jpg", "a",
          "7.jpg", "a", "8.jpg", "a");

  private static Row[] top(int index) {
    return new Row[] {RowFactory.create(index, NAMES.get(index), 0.5f)};
  }

  @Test
  void countsAsByHand() {
    try (LabelledRows rows = LabelledRows.of(TABLE, LABELS)) {
      Evaluate.Result result = Evaluate.named(NAMES).execute(rows.rows());
      assertThat(result.confusion().cells())
          .containsExactly(
              new Cell("a", "a", 1),
              new Cell("c", "b", 1),
              new Cell("e", "a", 1),
              new Cell("f", "a", 1),
              new Cell("g", "a", 1));
      assertThat(result.confusion().accuracy()).isEqualTo(0.2);
      assertThat(result.amongBest()).isEqualTo(3);
      assertThat(result.recallAt5()).isEqualTo(0.6);
      assertThat(rows.failures()).isEqualTo(Map.of("CORRUPT", 1L, "EMPTY", 1L));
      assertThat(rows.unknown()).containsExactly("8.jpg");
    }
  }

  @Test
  void theTableMayTellTheNames() {
    try (LabelledRows rows = LabelledRows.of(TABLE, SyntheticTable.labels("2.jpg", "b"))) {
      assertThat(Evaluate.namedAsIn(TABLE).execute(rows.rows()).confusion().accuracy())
          .isEqualTo(1);
    }
  }

  @Test
  void labelsThatAreNoClassesAreRefused() {
    try (LabelledRows rows =
        LabelledRows.of(TABLE, SyntheticTable.labels("1.jpg", "lion", "2.jpg", "b"))) {
      assertThatThrownBy(() -> Evaluate.named(NAMES).execute(rows.rows()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("1 labels name no class that is known of the model: lion;");
    }
  }
}
