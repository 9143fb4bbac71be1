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
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;

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
    return PartitionPlan.of(listed, totals, totals.objects(), totals.objects(), rows -> rows)
        .rows();
  }

  private static List<List<String>> chunks(long objects, long commitEvery) {
    Dataset<Row> listed = LocalSpark.session().createDataFrame(objects(), SourceImage.LISTED);
    PartitionPlan plan =
        PartitionPlan.of(listed, Totals.of(listed), objects, commitEvery, rows -> rows);
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
    List<List<String>> chunks = chunks(700, 300);
    assertThat(chunks).extracting(List::size).containsExactly(234, 234, 232);
    assertThat(chunks.stream().flatMap(List::stream).toList()).isEqualTo(sorted());
  }

  @Test
  void theLimitTakesTheFirst() {
    List<List<String>> chunks = chunks(10, 4);
    assertThat(chunks).extracting(List::size).containsExactly(4, 4, 2);
    assertThat(chunks.stream().flatMap(List::stream).toList()).isEqualTo(sorted().subList(0, 10));
    assertThat(chunks(700, 1000)).extracting(List::size).containsExactly(700);
    assertThat(chunks(1, 1)).containsExactly(sorted().subList(0, 1));
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
