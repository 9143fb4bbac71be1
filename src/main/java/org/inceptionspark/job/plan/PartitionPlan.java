package org.inceptionspark.job.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.shims.SparkLine;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/**
 * Divides objects into chunks, and chunks into partitions balanced by bytes and count, each sorted
 * by path, or by place in their packed file. Tasks walk the sorted listing, some chunks each, to
 * find the cuts; only these come to the driver.
 *
 * <p>The objects are shuffled once, for all chunks, into blocks of a few consecutive partitions,
 * and the blocks of a chunk once more when its turn comes. So nothing that Spark keeps grows with
 * the product of all tasks and all partitions of a night.
 */
public final class PartitionPlan {
  private final Dataset<Row> blocks;
  private final RDD<Row> partitions;
  private final List<Chunk> chunks;

  /**
   * What is committed together.
   *
   * @param images number of images
   * @param starts the first places of its partitions
   * @param from its first block
   * @param until the first block after it
   */
  public record Chunk(int number, long images, List<String> starts, int from, int until) {}

  /**
   * How much is done in one go.
   *
   * @param walked objects that a task sorts and walks, if these are several chunks
   * @param blocks of all objects: what Spark keeps of a shuffle grows with their number
   */
  record Sizes(long walked, int blocks) {
    static final Sizes DEFAULT = new Sizes(RankedPlaces.ROWS_OF_A_TASK, 2_000);
  }

  private PartitionPlan(Dataset<Row> blocks, List<Chunk> chunks) {
    this.blocks = blocks;
    this.partitions = blocks.javaRDD().rdd();
    this.chunks = chunks;
  }

  /**
   * @param listed with the columns of {@link SourceImage#LISTED}; read several times, so persist it
   * @param totals of that listing; at least one object
   * @param commitEvery most images in a chunk
   * @param withBytes joins the bytes of images whose source has them
   */
  public static PartitionPlan of(
      Dataset<Row> listed, Totals totals, long commitEvery, UnaryOperator<Dataset<Row>> withBytes) {
    return of(listed, totals, commitEvery, withBytes, Sizes.DEFAULT);
  }

  static PartitionPlan of(
      Dataset<Row> listed,
      Totals totals,
      long commitEvery,
      UnaryOperator<Dataset<Row>> withBytes,
      Sizes sizes) {
    long chunkObjects = evenly(totals.objects(), evenly(totals.objects(), commitEvery));
    List<Tuple2<String, Boolean>> cuts = cuts(listed, totals, chunkObjects, sizes);
    int every = Math.max(1, (cuts.size() + sizes.blocks() - 1) / sizes.blocks());
    List<Chunk> chunks = chunks(cuts, totals, chunkObjects, every);
    List<String> starts = new ArrayList<>();
    for (Chunk chunk : chunks) {
      for (int i = 0; i < chunk.starts().size(); i += every) {
        starts.add(chunk.starts().get(i));
      }
    }
    return new PartitionPlan(inOrder(withBytes.apply(listed), starts), chunks);
  }

  /**
   * Sorted within partitions.
   *
   * @param starts the first places of these
   */
  private static Dataset<Row> inOrder(Dataset<Row> rows, List<String> starts) {
    return SparkLine.repartitionById(
            rows,
            starts.size(),
            PartitionOfPath.among(starts.subList(1, starts.size()), SourceImage.order()))
        .sortWithinPartitions(SourceImage.order());
  }

  private static long evenly(long objects, long parts) {
    return (objects + parts - 1) / parts;
  }

  /** The first place of each partition, and whether a chunk begins there. */
  private static List<Tuple2<String, Boolean>> cuts(
      Dataset<Row> listed, Totals totals, long chunkObjects, Sizes sizes) {
    double share = (double) chunkObjects / totals.objects();
    long cost = (long) (PartitionSizes.cost(totals.objects(), totals.bytes()) * share);
    int cores = listed.sparkSession().sparkContext().defaultParallelism();
    long walked = Math.max(1, sizes.walked() / chunkObjects) * chunkObjects;
    List<Long> ranks =
        LongStream.iterate(walked, rank -> rank < totals.objects(), rank -> rank + walked)
            .boxed()
            .toList();
    List<String> starts =
        ranks.isEmpty()
            ? List.of()
            : RankedPlaces.of(listed, SourceImage.order(), totals.objects(), sizes.walked())
                .at(ranks);
    Dataset<Row> places =
        listed.select(SourceImage.order().as("place"), listed.col(SourceImage.LENGTH));
    return walks(places, starts)
        .sortWithinPartitions("place")
        .mapPartitions(
            new PartitionCuts(chunkObjects, cost, cores),
            Encoders.tuple(Encoders.STRING(), Encoders.BOOLEAN()))
        .collectAsList();
  }

  /** What each task walks. If it is all one, a shuffle would only be another job. */
  private static Dataset<Row> walks(Dataset<Row> places, List<String> starts) {
    return starts.isEmpty()
        ? places.coalesce(1)
        : SparkLine.repartitionById(
            places, starts.size() + 1, PartitionOfPath.among(starts, places.col("place")));
  }

  private static List<Chunk> chunks(
      List<Tuple2<String, Boolean>> cuts, Totals totals, long chunkObjects, int every) {
    List<Chunk> chunks = new ArrayList<>();
    int block = 0;
    for (int i = 0; i < cuts.size(); ) {
      List<String> starts = new ArrayList<>();
      do {
        starts.add(cuts.get(i++)._1());
      } while (i < cuts.size() && !cuts.get(i)._2());
      long images = Math.min(chunkObjects, totals.objects() - chunks.size() * chunkObjects);
      int until = block + (starts.size() + every - 1) / every;
      chunks.add(new Chunk(chunks.size() + 1, images, List.copyOf(starts), block, until));
      block = until;
    }
    return List.copyOf(chunks);
  }

  public List<Chunk> chunks() {
    return chunks;
  }

  /** The objects of a chunk; only its blocks are computed. */
  public Dataset<Row> rows(Chunk chunk) {
    RDD<Row> part = PartitionPruningRDD.create(partitions, new Within(chunk.from(), chunk.until()));
    Dataset<Row> rows = blocks.sparkSession().createDataset(part, Encoders.row(blocks.schema()));
    boolean one = chunk.until() - chunk.from() == chunk.starts().size();
    return one ? rows : inOrder(rows, chunk.starts());
  }

  private static final class Within extends AbstractFunction1<Object, Object>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int from;
    private final int until;

    Within(int from, int until) {
      this.from = from;
      this.until = until;
    }

    @Override
    public Object apply(Object partition) {
      int index = (Integer) partition;
      return index >= from && index < until;
    }
  }
}
