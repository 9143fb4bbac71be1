package org.inceptionspark.job.plan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Walks the whole listing, sorted by path, and gives the first path of each partition except the
 * first, with what begins there.
 */
final class PartitionCuts implements MapPartitionsFunction<Row, Tuple2<String, String>> {
  private static final long serialVersionUID = 1L;

  /** What begins at a cut. */
  enum Kind {
    PARTITION,
    /** The first partition of another chunk. */
    CHUNK,
    /** The objects beyond the limit, which are not labelled. */
    END
  }

  private final long objects;
  private final long chunkObjects;
  private final long chunkCost;
  private final int cores;

  /**
   * @param objects number after which the listing is cut off
   * @param chunkObjects number in each chunk except the last
   * @param chunkCost approximate cost of a chunk
   */
  PartitionCuts(long objects, long chunkObjects, long chunkCost, int cores) {
    this.objects = objects;
    this.chunkObjects = chunkObjects;
    this.chunkCost = chunkCost;
    this.cores = cores;
  }

  /**
   * @param rows path and length
   */
  @Override
  public Iterator<Tuple2<String, String>> call(Iterator<Row> rows) {
    List<Tuple2<String, String>> cuts = new ArrayList<>();
    PartitionSizes sizes = new PartitionSizes(chunkCost, cores);
    for (long seen = 0; rows.hasNext(); seen++) {
      Row row = rows.next();
      if (seen == objects) {
        cuts.add(cut(row, Kind.END));
        break;
      }
      if (seen > 0 && seen % chunkObjects == 0) {
        sizes = new PartitionSizes(chunkCost, cores);
        sizes.startsPartition(row.getLong(1));
        cuts.add(cut(row, Kind.CHUNK));
      } else if (sizes.startsPartition(row.getLong(1))) {
        cuts.add(cut(row, Kind.PARTITION));
      }
    }
    return cuts.iterator();
  }

  private static Tuple2<String, String> cut(Row row, Kind kind) {
    return new Tuple2<>(row.getString(0), kind.name());
  }
}
