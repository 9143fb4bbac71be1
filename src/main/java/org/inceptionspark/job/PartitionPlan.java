package org.inceptionspark.job;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Lays a listing out in partitions balanced by bytes and count, each sorted by path. One task goes
 * through the sorted listing to find the cuts; only the cuts come to the driver.
 */
final class PartitionPlan {
  private PartitionPlan() {}

  /**
   * @param listed with the columns of {@link SourceImage#LISTED}; read twice, so keep it
   * @param totals of that listing
   */
  static Dataset<Row> partition(Dataset<Row> listed, Totals totals) {
    int cores = listed.sparkSession().sparkContext().defaultParallelism();
    long cost = PartitionSizes.cost(totals.objects(), totals.bytes());
    List<String> starts =
        listed
            .select(SourceImage.PATH, SourceImage.LENGTH)
            .coalesce(1)
            .sortWithinPartitions(SourceImage.PATH)
            .mapPartitions(new PartitionStarts(cost, cores), Encoders.STRING())
            .collectAsList();
    Column partition =
        functions
            .udf(new PartitionOfPath(starts), DataTypes.IntegerType)
            .apply(listed.col(SourceImage.PATH));
    return listed
        .repartitionById(starts.size() + 1, partition)
        .sortWithinPartitions(SourceImage.PATH);
  }
}
