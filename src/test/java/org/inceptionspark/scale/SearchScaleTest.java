package org.inceptionspark.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.table.NewestRows;
import org.inceptionspark.search.EmbeddingTable;
import org.inceptionspark.search.duplicates.NearDuplicates;
import org.inceptionspark.search.neighbours.NearestNeighbours;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching a table brings no rows to the driver, however many are superseded. */
class SearchScaleTest {
  private static final int DIMENSIONS = 32;

  /** Spark broadcasts small tables through the driver: that is bounded, and not measured here. */
  private static final String BROADCAST = "spark.sql.autoBroadcastJoinThreshold";

  @TempDir Path directory;

  @BeforeAll
  static void sendNoTableRound() {
    LocalSpark.session().conf().set(BROADCAST, -1);
  }

  @AfterAll
  static void putBack() {
    LocalSpark.session().conf().unset(BROADCAST);
  }

  private static Dataset<Row> read(Path table) {
    return LocalSpark.session().read().parquet(table.toUri().toString());
  }

  /** Each image in two versions, as after a copy of the bucket. */
  private Dataset<Row> twoVersions(int images) {
    Path table = directory.resolve("table" + images);
    EmbeddingTable rows = new EmbeddingTable().random("a/", images, DIMENSIONS, 1);
    rows.night("2026-01-02").modified("2026-01-01T00:00:00Z");
    rows.random("a/", images, DIMENSIONS, 2).write(table, 2);
    return read(table);
  }

  @Test
  void secondVersionsStayOffTheDriver() throws Exception {
    SparkSession spark = LocalSpark.session();
    Dataset<Row> queries = new EmbeddingTable().random("q/", 2, DIMENSIONS, 3).rows();
    long[] joined = new long[2];
    long[] grouped = new long[2];
    long[] newest = new long[2];
    int[] images = {1_000, 8_000};
    for (int i = 0; i < 2; i++) {
      Dataset<Row> table = twoVersions(images[i]);
      joined[i] =
          SparkWork.of(
                  spark,
                  () ->
                      assertThat(
                              NearestNeighbours.in(table)
                                  .model(EmbeddingTable.MODEL)
                                  .join(queries, 3)
                                  .collectAsList())
                          .hasSize(6))
              .resultBytes();
      grouped[i] =
          SparkWork.of(
                  spark,
                  () ->
                      assertThat(NearDuplicates.in(table, EmbeddingTable.MODEL).groups(1))
                          .isEmpty())
              .resultBytes();
      int expected = images[i];
      newest[i] =
          SparkWork.of(spark, () -> assertThat(NewestRows.of(table).count()).isEqualTo(expected))
              .resultBytes();
    }
    assertThat(newest[1]).as("up to 20,000 rows are broadcast").isLessThan(newest[0] + 150_000);
    assertThat(joined[1]).isLessThan(joined[0] + 20_000);
    assertThat(grouped[1]).isLessThan(grouped[0] + 20_000);
  }

  @Test
  void copiesOfAFileAreComparedOnce() throws Exception {
    Path table = directory.resolve("copies");
    EmbeddingTable rows = new EmbeddingTable();
    for (int i = 0; i < 3_000; i++) {
      rows.copy("copy/%05d".formatted(i), "the same", 1, 2, 3);
    }
    rows.row("like them", 1, 2, 3.0001f).row("alone", 3, -1, 0).write(table, 2);
    SparkWork.Counts work =
        SparkWork.of(
            LocalSpark.session(),
            () -> {
              var groups = NearDuplicates.in(read(table), EmbeddingTable.MODEL).groups(0.9999);
              assertThat(groups).hasSize(1);
              assertThat(groups.get(0).images()).hasSize(3_001);
              assertThat(groups.get(0).distinct()).isEqualTo(2);
              assertThat(groups.get(0).leastSimilarity()).isBetween(0.9999, 0.9999999999);
            });
    assertThat(work.jobs()).isLessThan(20);
    assertThat(work.rowsShuffled()).as("each image once, not each copy").isLessThan(7_500);
  }
}
