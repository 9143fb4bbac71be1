package org.inceptionspark.job;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** Goes through the whole listing, sorted by path, and gives the first path of each partition. */
final class PartitionStarts implements MapPartitionsFunction<Row, String> {
  private static final long serialVersionUID = 1L;

  private final long totalCost;
  private final int cores;

  PartitionStarts(long totalCost, int cores) {
    this.totalCost = totalCost;
    this.cores = cores;
  }

  /**
   * @param rows path and length; the first partition's start is not given, it has no path before it
   */
  @Override
  public Iterator<String> call(Iterator<Row> rows) {
    PartitionSizes sizes = new PartitionSizes(totalCost, cores);
    List<String> starts = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (sizes.startsPartition(row.getLong(1))) {
        starts.add(row.getString(0));
      }
    }
    return starts.iterator();
  }
}
