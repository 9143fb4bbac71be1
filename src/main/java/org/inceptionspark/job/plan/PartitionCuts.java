package org.inceptionspark.job.plan;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Walks some whole chunks of the listing, sorted by path, and gives the first path of each
 * partition, and whether a chunk begins there too.
 */
final class PartitionCuts implements MapPartitionsFunction<Row, Tuple2<String, Boolean>> {
  private static final long serialVersionUID = 1L;

  private final long chunkObjects;
  private final long chunkCost;
  private final int cores;

  /**
   * @param chunkObjects number in each chunk except the last
   * @param chunkCost approximate cost of a chunk
   */
  PartitionCuts(long chunkObjects, long chunkCost, int cores) {
    this.chunkObjects = chunkObjects;
    this.chunkCost = chunkCost;
    this.cores = cores;
  }

  /**
   * @param rows path and length
   */
  @Override
  public Iterator<Tuple2<String, Boolean>> call(Iterator<Row> rows) {
    return new Cuts(rows);
  }

  private final class Cuts implements Iterator<Tuple2<String, Boolean>> {
    private final Iterator<Row> rows;
    private PartitionSizes sizes;
    private Tuple2<String, Boolean> next;
    private long seen;

    Cuts(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        Row row = rows.next();
        boolean chunk = seen++ % chunkObjects == 0;
        if (chunk) {
          sizes = new PartitionSizes(chunkCost, cores);
        }
        if (sizes.startsPartition(row.getLong(1)) || chunk) {
          next = new Tuple2<>(row.getString(0), chunk);
        }
      }
      return next != null;
    }

    @Override
    public Tuple2<String, Boolean> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Tuple2<String, Boolean> cut = next;
      next = null;
      return cut;
    }
  }
}
