package org.inceptionspark.search.duplicates;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.inceptionspark.job.transfer.JavaBytes;
import org.inceptionspark.job.transfer.Transfer;
import org.inceptionspark.search.scan.EmbeddingScan;
import org.inceptionspark.search.scan.ReplacedRows;
import scala.Tuple2;

/**
 * Groups of images whose embeddings are alike, in one job. Every pair of rows is compared, blocks
 * of rows with blocks of rows, so two images are in one group exactly when a chain of pairs that
 * are at least as similar as the threshold leads from one to the other; no pair is missed. The work
 * grows with the square of the rows.
 */
public final class NearDuplicates {
  private final Dataset<Row> rows;

  private NearDuplicates(Dataset<Row> rows) {
    this.rows = rows;
  }

  /**
   * @param table a labels table as it is read from Parquet, or what a filter has left of one
   * @param model only rows of this one
   */
  public static NearDuplicates in(Dataset<Row> table, String model) {
    return new NearDuplicates(
        table.where(col("error").isNull()).where(col("model").equalTo(model)));
  }

  /**
   * The groups, the largest first, then by path.
   *
   * @param threshold cosine similarity, above 0 and at most 1
   */
  public List<DuplicateGroup> groups(double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "the threshold must be above 0 and at most 1, found " + threshold);
    }
    ReplacedRows replaced = ReplacedRows.in(rows);
    JavaRDD<Tuple2<byte[], Long>> blocks =
        EmbeddingScan.over(rows, () -> new ImageBlock.Sink(replaced), col("sha256"))
            .map(JavaBytes::of)
            .zipWithUniqueId()
            .map(numbered -> numbered);
    blocks.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return groups(
          Transfer.toDriver(
              blocks
                  .cartesian(blocks)
                  .filter(pair -> pair._1()._2() <= pair._2()._2())
                  .flatMap(pair -> links(pair._1(), pair._2(), threshold))));
    } finally {
      blocks.unpersist();
    }
  }

  /** Reading a block takes a hundredth of the time of comparing it. */
  private static Iterator<ImageBlock.Link> links(
      Tuple2<byte[], Long> one, Tuple2<byte[], Long> other, double threshold) {
    ImageBlock block = JavaBytes.value(one._1());
    return one._2().equals(other._2())
        ? block.linksWithin(threshold)
        : block.linksTo(JavaBytes.value(other._1()), threshold);
  }

  private static List<DuplicateGroup> groups(List<ImageBlock.Link> links) {
    Map<DuplicateGroup.Image, Integer> numbers = new HashMap<>();
    List<DuplicateGroup.Image> images = new ArrayList<>();
    for (ImageBlock.Link link : links) {
      number(link.one(), numbers, images);
      number(link.other(), numbers, images);
    }
    SpanningForest forest = new SpanningForest(images.size());
    links.forEach(
        link -> forest.add(numbers.get(link.one()), numbers.get(link.other()), link.similarity()));
    Map<Integer, Double> least = new HashMap<>();
    List<SpanningForest.Link> needed = forest.links();
    int[] sets = forest.sets();
    needed.forEach(link -> least.merge(sets[link.one()], link.similarity(), Math::min));
    Map<Integer, List<DuplicateGroup.Image>> members = new HashMap<>();
    for (int i = 0; i < sets.length; i++) {
      members.computeIfAbsent(sets[i], absent -> new ArrayList<>()).add(images.get(i));
    }
    return members.entrySet().stream()
        .filter(group -> least.containsKey(group.getKey()))
        .map(group -> group(group.getValue(), least.get(group.getKey())))
        .sorted(
            Comparator.comparingInt((DuplicateGroup group) -> -group.images().size())
                .thenComparing(group -> group.images().get(0).path()))
        .toList();
  }

  private static void number(
      DuplicateGroup.Image image,
      Map<DuplicateGroup.Image, Integer> numbers,
      List<DuplicateGroup.Image> images) {
    if (numbers.putIfAbsent(image, images.size()) == null) {
      images.add(image);
    }
  }

  private static DuplicateGroup group(List<DuplicateGroup.Image> images, double least) {
    return new DuplicateGroup(
        images.stream().sorted(Comparator.comparing(DuplicateGroup.Image::path)).toList(), least);
  }
}
