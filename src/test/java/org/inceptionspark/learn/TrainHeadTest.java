package org.inceptionspark.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.labeler.Classifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("site")
class TrainHeadTest {
  private static final int WIDTH = 32;
  private static final List<String> CLASSES = List.of("boat", "cat", "fruit");

  /** Thirty images around three centres, ten of each class. */
  private static Dataset<Row> separable() {
    Random random = new Random(7);
    SyntheticTable table = new SyntheticTable();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String path = "s3a://bucket/" + i + ".jpg";
      table.image(path, Integer.toHexString(i * 7919), near(i % 3, random), null);
      labels.addAll(List.of(path, CLASSES.get(i % 3)));
    }
    return LabelledRows.of(table.table(), SyntheticTable.labels(labels.toArray(String[]::new)))
        .rows();
  }

  private static float[] near(int centre, Random random) {
    float[] values = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      values[i] = (i % 3 == centre ? 1 : 0.2f) + 0.1f * random.nextFloat();
    }
    return values;
  }

  private static TrainHead training() {
    return TrainHead.with(new Split(0.2, 1)).maxIterations(50);
  }

  @Test
  void tellsSeparableClassesApart() {
    TrainHead.Result result = training().execute(separable(), SyntheticTable.MODEL);
    assertThat(result.head().names()).isEqualTo(CLASSES);
    assertThat(result.head().base()).isEqualTo(SyntheticTable.MODEL);
    assertThat(result.head().prelogits()).isEqualTo(WIDTH);
    assertThat(result.training().accuracy()).isEqualTo(1);
    assertThat(result.validation().accuracy()).isEqualTo(1);
    assertThat(result.trainingImages()).isEqualTo(24);
    for (String name : CLASSES) {
      assertThat(result.validation().support(name)).as(name).isEqualTo(2);
    }
    float[] logits = Classifier.of(result.head()).stream().logits(near(2, new Random(1)));
    assertThat(logits[2]).isGreaterThan(logits[0]).isGreaterThan(logits[1]);
  }

  @Test
  void theSameLabelsGiveTheSameHeadWhateverTheOrderOfTheRows() {
    Dataset<Row> rows = separable();
    TrainHead.Result one = training().execute(rows, SyntheticTable.MODEL);
    TrainHead.Result other =
        training().execute(rows.orderBy("sha256").repartition(3), SyntheticTable.MODEL);
    assertThat(other.head().weights().data()).containsExactly(one.head().weights().data());
    assertThat(other.head().model()).isEqualTo(one.head().model());
  }

  @Test
  void theSplitDependsOnTheSeedOnly() {
    Dataset<Row> rows = separable();
    assertThat(validated(rows, 1)).isEqualTo(validated(rows.repartition(3), 1)).hasSize(6);
    assertThat(validated(rows, 2)).isNotEqualTo(validated(rows, 1)).hasSize(6);
  }

  private static List<String> validated(Dataset<Row> rows, long seed) {
    return new Split(0.2, seed)
        .mark(rows).where("validation").select("path").orderBy("path").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
  }

  @Test
  void copiesOfAnImageAreOnOneSide() {
    SyntheticTable table = new SyntheticTable();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String path = "s3a://bucket/" + i + ".jpg";
      table.image(path, "copy" + i % 6, new float[] {i}, null);
      labels.addAll(List.of(path, i % 2 == 0 ? "even" : "odd"));
    }
    Dataset<Row> rows =
        LabelledRows.of(table.table(), SyntheticTable.labels(labels.toArray(String[]::new))).rows();
    List<Row> sides =
        new Split(0.4, 1)
            .mark(rows)
            .groupBy("sha256")
            .agg(
                org.apache.spark.sql.functions.countDistinct("validation"),
                org.apache.spark.sql.functions.count("path"))
            .collectAsList();
    assertThat(sides).hasSize(6).allSatisfy(row -> assertThat(row.getLong(1)).isEqualTo(1));
    assertThat(new Split(0.4, 1).mark(rows).where("validation").count()).isEqualTo(8);
  }

  @Test
  void everyClassNeedsTwoImages() {
    Dataset<Row> rows = separable();
    assertThatThrownBy(() -> training().execute(rows.where("label = 'cat'"), "m"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("a head needs images of two classes or more, found [cat]");
    assertThatThrownBy(
            () -> training().execute(rows.where("label != 'cat' or path like '%/1.jpg'"), "m"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "each class needs 2 different images, one to learn from and one to validate with; too"
                + " few of: cat");
  }

  @Test
  void withoutValidationAllImagesAreLearntFrom() {
    Dataset<Row> rows = separable().where("label != 'cat' or path like '%/1.jpg'");
    TrainHead.Result result = TrainHead.with(new Split(0, 1)).maxIterations(50).execute(rows, "m");
    assertThat(result.trainingImages()).isEqualTo(rows.count());
    assertThat(result.training().accuracy()).isEqualTo(1);
    assertThat(result.validation().images()).isZero();
  }

  @Test
  void refusesSettingsOutOfRange() {
    for (double share : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> new Split(share, 1))
          .hasMessage("validation must be at least 0 and below 1, found " + share);
    }
    assertThatThrownBy(() -> training().regularization(-1))
        .hasMessage("regularization must be at least 0, found -1.0");
    assertThatThrownBy(() -> training().maxIterations(0))
        .hasMessage("max-iterations must be at least 1, found 0");
  }
}
