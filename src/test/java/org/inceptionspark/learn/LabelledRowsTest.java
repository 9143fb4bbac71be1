package org.inceptionspark.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inceptionspark.learn.SyntheticTable.labels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledRowsTest {
  private static final float[] OLD = {1, 2};
  private static final float[] NEW = {3, 4};

  private static final Dataset<Row> TABLE =
      new SyntheticTable()
          .image("s3a://bucket/cats/1.jpg", "a", OLD, null, new Row[0], "2026-01-01")
          .image("s3a://bucket/cats/1.jpg", "b", NEW, null, new Row[0], "2026-01-02")
          .image("s3a://bucket/dogs/1.jpg", "c", OLD, null)
          .image("file:/data/boat.jpg", "d", OLD, null)
          .failure("s3a://bucket/cats/2.jpg", "CORRUPT")
          .table();

  @TempDir Path directory;

  private Dataset<Row> csv(String... lines) throws IOException {
    Path file = directory.resolve("labels.csv");
    Files.write(file, java.util.List.of(lines));
    return LabelledPaths.read(LocalSpark.session(), file.toString());
  }

  @Test
  void findsWholeUrisAndTheirEnds() {
    try (LabelledRows rows =
        LabelledRows.of(
            TABLE,
            labels(
                "s3a://bucket/cats/1.jpg",
                "cat",
                "./dogs/1.jpg",
                "dog",
                "/data/boat.jpg",
                "boat",
                "cats/2.jpg",
                "cat",
                "cats/3.jpg",
                "cat"))) {
      assertThat(rows.labels()).isEqualTo(5);
      assertThat(rows.matched()).isEqualTo(4);
      assertThat(rows.unknown()).containsExactly("cats/3.jpg");
      assertThat(rows.failures()).isEqualTo(Map.of("CORRUPT", 1L));
      assertThat(rows.rows().select("path", "label").orderBy("path").collectAsList())
          .extracting(Row::toString)
          .containsExactly(
              "[file:/data/boat.jpg,boat]",
              "[s3a://bucket/cats/1.jpg,cat]",
              "[s3a://bucket/dogs/1.jpg,dog]");
    }
  }

  @Test
  void takesTheNewestVersionOfAnImage() {
    try (LabelledRows rows = LabelledRows.of(TABLE, labels("cats/1.jpg", "cat"))) {
      assertThat(rows.rows().select("prelogits").head().<Float>getList(0)).containsExactly(3f, 4f);
    }
  }

  @Test
  void refusesAPathThatFitsSeveralImages() {
    assertThatThrownBy(() -> LabelledRows.of(TABLE, labels("1.jpg", "cat")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "the labelled path 1.jpg fits 2 images, such as s3a://bucket/cats/1.jpg and"
                + " s3a://bucket/dogs/1.jpg");
  }

  @Test
  void saysWhatPathsLookLikeIfNoneIsThere() {
    assertThatThrownBy(() -> LabelledRows.of(TABLE, labels("x/9.jpg", "cat", "x/8.jpg", "dog")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageMatching(
            "none of the 2 labelled paths is in the table: x/8.jpg, x/9.jpg; its paths are such as"
                + " (s3a|file):.*\\.jpg");
  }

  @Test
  void readsQuotedCsvWithOtherColumnsAndAByteOrderMark() throws IOException {
    Dataset<Row> labels =
        csv(
            "\uFEFFnote,Label,path",
            "x,\"big, \"\"old\"\" boat\",data/boat.jpg",
            ",cat, cats/1.jpg");
    assertThat(labels.orderBy("path").collectAsList())
        .extracting(Row::toString)
        .containsExactly("[cats/1.jpg,cat]", "[data/boat.jpg,big, \"old\" boat]");
  }

  @Test
  void saysWhatIsWrongWithAFile() {
    assertThatThrownBy(() -> csv("image,class", "a,b"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("labels.csv: needs the columns path and label, found [image, class]");
    assertThatThrownBy(() -> csv("path,label", "a,", "b,cat"))
        .hasMessageEndingWith("labels.csv: 1 rows have no path or no label");
    assertThatThrownBy(() -> csv("path,label", "a,cat", "a,dog", "b,cat", "b,cat"))
        .hasMessageEndingWith("labels.csv: 2 labels for a");
    assertThatThrownBy(() -> LabelledPaths.read(LocalSpark.session(), "absent.csv"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("labels absent.csv: not found");
  }
}
