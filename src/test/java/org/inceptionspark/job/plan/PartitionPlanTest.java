package org.inceptionspark.job.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.scale.SparkWork;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("site")
class PartitionPlanTest {
  private static final List<String> NAMES = List.of("a", "é", "日本", "\uFFFD", "😀", "z z", "%");

  private static List<Row> objects() {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      String path = "s3a://bucket/" + NAMES.get(i % NAMES.size()) + "/" + i;
      rows.add(
          RowFactory.create(
              path,
              (long) random.nextInt(3_000_000),
              LocalSpark.time(Instant.EPOCH),
              null,
              null,
              null));
    }
    return rows;
  }

  /** Paths in the order in which tasks take them, with their partition. */
  private static List<String> plan(List<Row> objects) {
    Dataset<Row> listed =
        LocalSpark.session().createDataFrame(objects, SourceImage.LISTED).repartition(5);
    return whole(listed, Totals.of(listed))
        .select(functions.concat_ws(" ", functions.spark_partition_id(), functions.col("path")))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Dataset<Row> whole(Dataset<Row> listed, Totals totals) {
    PartitionPlan plan = PartitionPlan.of(listed, totals, totals.objects(), rows -> rows);
    return plan.rows(plan.chunks().get(0));
  }

  private static List<List<String>> chunks(long commitEvery, PartitionPlan.Sizes sizes) {
    Dataset<Row> listed = LocalSpark.session().createDataFrame(objects(), SourceImage.LISTED);
    PartitionPlan plan =
        PartitionPlan.of(listed, Totals.of(listed), commitEvery, rows -> rows, sizes);
    return plan.chunks().stream()
        .map(
            chunk ->
                plan.rows(chunk).select("path").collectAsList().stream()
                    .map(row -> row.getString(0))
                    .toList())
        .toList();
  }

  private static List<String> sorted() {
    return objects().stream()
        .map(row -> row.getString(0))
        .sorted(Comparator.comparing(path -> path.getBytes(UTF_8), Arrays::compareUnsigned))
        .toList();
  }

  @Test
  void chunksAreAsLargeAsOneAnotherAndGoByPath() {
    List<List<String>> chunks = chunks(300, PartitionPlan.Sizes.DEFAULT);
    assertThat(chunks).extracting(List::size).containsExactly(234, 234, 232);
    assertThat(chunks.stream().flatMap(List::stream).toList()).isEqualTo(sorted());
    assertThat(chunks(1000, PartitionPlan.Sizes.DEFAULT)).containsExactly(sorted());
  }

  /** Tasks for one chunk each or for all, blocks of one partition or of many: the same chunks. */
  @ParameterizedTest
  @CsvSource({"1, 2000", "300, 1", "1000, 5"})
  void howTheWorkIsSharedDoesNotMatter(long walked, int blocks) {
    assertThat(chunks(250, new PartitionPlan.Sizes(walked, blocks)))
        .isEqualTo(chunks(250, new PartitionPlan.Sizes(Long.MAX_VALUE, Integer.MAX_VALUE)));
  }

  @Test
  void noTaskSortsAll() throws Exception {
    Dataset<Row> listed = LocalSpark.session().createDataFrame(objects(), SourceImage.LISTED);
    SparkWork.Counts work =
        SparkWork.of(
            LocalSpark.session(),
            () ->
                PartitionPlan.of(
                    listed,
                    Totals.of(listed),
                    70,
                    rows -> rows,
                    new PartitionPlan.Sizes(100, 2_000)));
    assertThat(work.mostShuffled()).isLessThan(400);
  }

  @Test
  void stringsAreFoundByTheirRank() {
    Dataset<Row> rows =
        LocalSpark.session()
            .range(3_000)
            .selectExpr("concat(id % 3, 'é', lpad(id, 9, '0')) AS path");
    RankedPlaces places = RankedPlaces.of(rows, functions.col("path"), 3_000, 400);
    assertThat(places.at(List.of(0L, 999L, 999L, 1_000L, 2_001L, 2_999L)))
        .containsExactly(
            "0é000000000",
            "0é000002997",
            "0é000002997",
            "1é000000001",
            "2é000000005",
            "2é000002999");
  }

  @Test
  void theOrderOfTheListingDoesNotMatter() {
    List<Row> shuffled = objects();
    Collections.shuffle(shuffled, new Random(1));
    assertThat(plan(shuffled)).isEqualTo(plan(objects())).hasSize(700).doesNotHaveDuplicates();
  }

  @Test
  void partitionsAreBalanced() {
    Dataset<Row> listed = LocalSpark.session().createDataFrame(objects(), SourceImage.LISTED);
    Totals totals = Totals.of(listed);
    List<Row> partitions =
        whole(listed, totals)
            .groupBy(functions.spark_partition_id().as("partition"))
            .agg(functions.count("path"), functions.sum("length"))
            .orderBy("partition")
            .collectAsList();
    long all = PartitionSizes.cost(totals.objects(), totals.bytes());
    assertThat(partitions).hasSizeBetween(10, 40);
    long largest =
        partitions.stream()
            .mapToLong(row -> PartitionSizes.cost(row.getLong(1), row.getLong(2)))
            .max()
            .orElseThrow();
    assertThat(largest).isBetween(all / 5, all / 4);
  }

  @Test
  void pathsFallWhereTheirBytesSay() {
    PartitionOfPath partition = new PartitionOfPath(List.of("b", "\uFFFD", "😀"));
    assertThat(partition.call("a")).isZero();
    assertThat(partition.call("b")).isEqualTo(1);
    assertThat(partition.call("c")).isEqualTo(1);
    assertThat(partition.call("\uFFFD")).isEqualTo(2);
    assertThat(partition.call("😀")).isEqualTo(3);
    assertThat(partition.call("😁")).isEqualTo(3);
  }
}
