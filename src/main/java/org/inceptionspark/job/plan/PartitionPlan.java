package org.inceptionspark.job.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.rdd.PartitionPruningRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.plan.PartitionCuts.Kind;
import org.inceptionspark.shims.SparkLine;
import scala.Tuple2;
import scala.runtime.AbstractFunction1;

/**
 * Divides objects into chunks, and chunks into partitions balanced by bytes and count, each sorted
 * by path, or by place in their packed file. One task walks the sorted listing to find the cuts;
 * only these come to the driver. The objects are shuffled once, for all chunks.
 */
public final class PartitionPlan {
  private final Dataset<Row> rows;
  private final RDD<Row> partitions;
  private final List<Chunk> chunks;

  /**
   * What is committed together.
   *
   * @param images number of images
   * @param from its first partition
   * @param until the first partition after it
   */
  public record Chunk(int number, long images, int from, int until) {}

  private PartitionPlan(Dataset<Row> rows, List<Chunk> chunks) {
    this.rows = rows;
    this.partitions = rows.javaRDD().rdd();
    this.chunks = chunks;
  }

  /**
   * @param listed with the columns of {@link SourceImage#LISTED}; read twice, so persist it
   * @param totals of that listing; at least one object
   * @param objects number to take, the first by path
   * @param commitEvery most images in a chunk
   * @param withBytes joins the bytes of images whose source has them
   */
  public static PartitionPlan of(
      Dataset<Row> listed,
      Totals totals,
      long objects,
      long commitEvery,
      UnaryOperator<Dataset<Row>> withBytes) {
    int cores = listed.sparkSession().sparkContext().defaultParallelism();
    long wanted = Math.min(objects, totals.objects());
    long chunkObjects = evenly(wanted, evenly(wanted, commitEvery));
    double share = (double) chunkObjects / totals.objects();
    long cost = (long) (PartitionSizes.cost(totals.objects(), totals.bytes()) * share);
    List<Tuple2<String, String>> cuts =
        listed
            .select(SourceImage.order().as("place"), listed.col(SourceImage.LENGTH))
            .coalesce(1)
            .sortWithinPartitions("place")
            .mapPartitions(
                new PartitionCuts(wanted, chunkObjects, cost, cores),
                Encoders.tuple(Encoders.STRING(), Encoders.STRING()))
            .collectAsList();
    Column partition =
        functions
            .udf(new PartitionOfPath(cuts.stream().map(Tuple2::_1).toList()), DataTypes.IntegerType)
            .apply(SourceImage.order());
    Dataset<Row> planned =
        SparkLine.repartitionById(withBytes.apply(listed), cuts.size() + 1, partition)
            .sortWithinPartitions(SourceImage.order());
    return new PartitionPlan(planned, chunks(cuts, wanted, chunkObjects));
  }

  private static long evenly(long objects, long parts) {
    return (objects + parts - 1) / parts;
  }

  private static List<Chunk> chunks(
      List<Tuple2<String, String>> cuts, long objects, long chunkObjects) {
    List<Integer> bounds = new ArrayList<>(List.of(0));
    for (int i = 0; i < cuts.size(); i++) {
      if (!cuts.get(i)._2().equals(Kind.PARTITION.name())) {
        bounds.add(i + 1);
      }
    }
    boolean ended = !cuts.isEmpty() && cuts.get(cuts.size() - 1)._2().equals(Kind.END.name());
    if (!ended) {
      bounds.add(cuts.size() + 1);
    }
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i + 1 < bounds.size(); i++) {
      long images = Math.min(chunkObjects, objects - i * chunkObjects);
      chunks.add(new Chunk(i + 1, images, bounds.get(i), bounds.get(i + 1)));
    }
    return List.copyOf(chunks);
  }

  public List<Chunk> chunks() {
    return chunks;
  }

  /** The objects of a chunk; only its partitions are computed. */
  public Dataset<Row> rows(Chunk chunk) {
    RDD<Row> part = PartitionPruningRDD.create(partitions, new Within(chunk.from(), chunk.until()));
    return rows.sparkSession().createDataset(part, Encoders.row(rows.schema()));
  }

  /** All objects, including those beyond the limit. */
  public Dataset<Row> rows() {
    return rows;
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
