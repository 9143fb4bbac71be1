package org.inceptionspark.search.duplicates;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.inceptionspark.job.transfer.JavaBytes;
import org.inceptionspark.job.transfer.Transfer;
import org.inceptionspark.search.scan.EmbeddingScan;
import org.inceptionspark.search.scan.SearchedRows;
import scala.Tuple2;

/**
 * Groups of images with similar embeddings. Two images are in one group exactly when a chain of
 * pairs that are at least as similar as the threshold leads from one to the other; no pair is
 * missed.
 *
 * <p>Files with the same bytes have the same embedding, so they count as one file until the groups
 * are known. Every pair of files is compared, block by block, so the work grows with the square of
 * the number of different files; only the groups come to the driver.
 */
public final class NearDuplicates {
  private static final String BYTES = "sha256";
  private static final StorageLevel DISK = StorageLevel.MEMORY_AND_DISK();

  private final SearchedRows rows;

  private NearDuplicates(SearchedRows rows) {
    this.rows = rows;
  }

  /**
   * @param table a labels table read from Parquet, possibly filtered
   * @param model only rows of this model
   */
  public static NearDuplicates in(Dataset<Row> table, String model) {
    return new NearDuplicates(SearchedRows.in(table).model(model));
  }

  /**
   * Only images for whose newest row this holds; parts on nights alone select the nights.
   *
   * @param condition in SQL, on the columns of the table
   */
  public NearDuplicates where(String condition) {
    return new NearDuplicates(rows.where(condition));
  }

  /**
   * The groups, largest first, then by path.
   *
   * @param threshold cosine similarity, above 0 and at most 1
   */
  public List<DuplicateGroup> groups(double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "the threshold must be above 0 and at most 1, found " + threshold);
    }
    Dataset<Row> images = rows.newest().withColumn(BYTES, bytes()).persist(DISK);
    JavaRDD<Tuple2<byte[], Long>> blocks =
        EmbeddingScan.overReferences(files(images), rows.tasks(), ImageBlock.Sink::new)
            .map(JavaBytes::of)
            .zipWithUniqueId()
            .map(numbered -> numbered);
    blocks.persist(DISK);
    JavaRDD<byte[]> forest = LinkForest.of(links(blocks, threshold)).persist(DISK);
    try {
      List<ImageBlock.Link> links = Transfer.toDriver(forest.map(JavaBytes::value));
      return groups(links, members(images, alike(blocks, forest, threshold)));
    } finally {
      forest.unpersist();
      blocks.unpersist();
      images.unpersist();
    }
  }

  /** The digest, or a value that no other row has. */
  private static Column bytes() {
    return coalesce(col(BYTES), concat(lit("of "), col("path")));
  }

  /** One image for the same bytes, the first by path, and whether there are others. */
  private static Dataset<Row> files(Dataset<Row> images) {
    return images
        .groupBy(BYTES)
        .agg(
            min(struct("path", "file", "position", "run_date", "modified")).as("first"),
            count(lit(1)).gt(1).as("copied"))
        .select(
            "first.file",
            "first.position",
            "first.path",
            "first.run_date",
            "first.modified",
            BYTES,
            "copied");
  }

  private static JavaRDD<ImageBlock.Link> links(
      JavaRDD<Tuple2<byte[], Long>> blocks, double threshold) {
    return blocks
        .cartesian(blocks)
        .filter(pair -> pair._1()._2() <= pair._2()._2())
        .flatMap(pair -> links(pair._1(), pair._2(), threshold));
  }

  /** Reading a block takes a hundredth of the time of comparing it. */
  private static Iterator<ImageBlock.Link> links(
      Tuple2<byte[], Long> one, Tuple2<byte[], Long> other, double threshold) {
    ImageBlock block = JavaBytes.value(one._1());
    return one._2().equals(other._2())
        ? block.linksWithin(threshold)
        : block.linksTo(JavaBytes.value(other._1()), threshold);
  }

  /** The digests of all images that are similar to another file, or have copies. */
  private Dataset<Row> alike(
      JavaRDD<Tuple2<byte[], Long>> blocks, JavaRDD<byte[]> forest, double threshold) {
    JavaRDD<String> linked = forest.flatMap(link -> ends(JavaBytes.value(link)));
    JavaRDD<String> copies =
        blocks.flatMap(block -> copies(JavaBytes.value(block._1()), threshold));
    return rows.all()
        .sparkSession()
        .createDataset(linked.union(copies).rdd(), Encoders.STRING())
        .toDF(BYTES)
        .distinct();
  }

  private static Iterator<String> ends(ImageBlock.Link link) {
    return Stream.of(link.one().sha256(), link.other().sha256()).iterator();
  }

  private static Iterator<String> copies(ImageBlock block, double threshold) {
    List<String> copies = new ArrayList<>();
    block.copiesAlike(threshold).forEachRemaining(image -> copies.add(image.sha256()));
    return copies.iterator();
  }

  private static Map<String, List<DuplicateGroup.Image>> members(
      Dataset<Row> images, Dataset<Row> alike) {
    Map<String, List<DuplicateGroup.Image>> members = new HashMap<>();
    images
        .join(alike, BYTES)
        .select(BYTES, "path")
        .collectAsList()
        .forEach(
            row ->
                members
                    .computeIfAbsent(row.getString(0), absent -> new ArrayList<>())
                    .add(new DuplicateGroup.Image(row.getString(1), row.getString(0))));
    return members;
  }

  private static List<DuplicateGroup> groups(
      List<ImageBlock.Link> links, Map<String, List<DuplicateGroup.Image>> members) {
    Map<String, Integer> numbers = new HashMap<>();
    List<String> files = new ArrayList<>(members.keySet());
    files.forEach(file -> numbers.put(file, numbers.size()));
    SpanningForest forest = new SpanningForest(files.size());
    links.forEach(
        link ->
            forest.add(
                numbers.get(link.one().sha256()),
                numbers.get(link.other().sha256()),
                link.similarity()));
    Map<Integer, Double> least = new HashMap<>();
    List<SpanningForest.Link> needed = forest.links();
    int[] sets = forest.sets();
    needed.forEach(link -> least.merge(sets[link.one()], link.similarity(), Math::min));
    Map<Integer, List<DuplicateGroup.Image>> groups = new HashMap<>();
    for (int i = 0; i < sets.length; i++) {
      groups
          .computeIfAbsent(sets[i], absent -> new ArrayList<>())
          .addAll(members.get(files.get(i)));
    }
    return groups.entrySet().stream()
        .map(group -> group(group.getValue(), least.getOrDefault(group.getKey(), 1.0)))
        .sorted(
            Comparator.comparingInt((DuplicateGroup group) -> -group.images().size())
                .thenComparing(group -> group.images().get(0).path()))
        .toList();
  }

  private static DuplicateGroup group(List<DuplicateGroup.Image> images, double least) {
    return new DuplicateGroup(
        images.stream().sorted(Comparator.comparing(DuplicateGroup.Image::path)).toList(), least);
  }
}
