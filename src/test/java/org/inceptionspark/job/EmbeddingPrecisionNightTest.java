package org.inceptionspark.job;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.listing.ImageSource;
import org.inceptionspark.job.listing.ListObjects;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.labeler.EmbeddingPrecision;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night with float16 on a table of exact embeddings. */
class EmbeddingPrecisionNightTest {
  private static final Path PHOTOGRAPHS = Path.of("src/quickstart/photos");

  @TempDir Path folder;

  /** The rounded one of known bytes is kept too: nobody computes it again. */
  @Test
  void embeddingsAreRoundedAndNothingElse() throws Exception {
    Files.createDirectory(folder.resolve("in"));
    copy("chelsea.jpg", "a.jpg");
    night(EmbeddingPrecision.FLOAT32, "2026-01-01");
    copy("chelsea.jpg", "b.jpg"); // its bytes are known: this row is made from the first
    copy("rocket.jpg", "c.jpg");
    night(EmbeddingPrecision.FLOAT16, "2026-01-02");
    copy("rocket.jpg", "d.jpg");
    night(EmbeddingPrecision.FLOAT32, "2026-01-03");

    List<Row> rows =
        session()
            .read()
            .parquet(table())
            .select("model", "logits", "prelogits")
            .orderBy(col("path"))
            .collectAsList();
    assertThat(rows).hasSize(4).extracting(row -> row.get(0)).containsOnly(rows.get(0).get(0));
    assertThat(rows.get(1).getList(1)).isEqualTo(rows.get(0).getList(1));
    assertThat(embedding(rows.get(1))).isNotEqualTo(embedding(rows.get(0)));
    assertThat(embedding(rows.get(1))).isEqualTo(rounded(rows.get(0)));
    assertThat(embedding(rows.get(2))).isEqualTo(rounded(rows.get(2)));
    assertThat(embedding(rows.get(3))).isEqualTo(embedding(rows.get(2)));
  }

  private static float[] embedding(Row row) {
    List<Float> values = row.getList(2);
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  private static float[] rounded(Row row) {
    return EmbeddingPrecision.FLOAT16.round(embedding(row));
  }

  private void night(EmbeddingPrecision precision, String date) throws Exception {
    LabelImages.using(session())
        .model(TinyModel.builder().precision(precision).build())
        .images(
            ImageSource.objects(
                ListObjects.using(session())
                    .inputs(List.of(folder.resolve("in").toString()))
                    .execute()))
        .output(table())
        .ifExists(IfExists.APPEND)
        .runDate(LocalDate.parse(date))
        .execute();
  }

  private void copy(String photograph, String name) throws Exception {
    Files.copy(PHOTOGRAPHS.resolve(photograph), folder.resolve("in").resolve(name));
  }

  private String table() {
    return folder.resolve("labels").toUri().toString();
  }

  private static SparkSession session() {
    return LocalSpark.session();
  }
}
