package org.inceptionspark.shims;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * {@code repartitionById} for lines of Spark before 4.1, which can only partition by hash: each id
 * is replaced by a number that hashes to it.
 */
public final class HashedPartitions {
  /** The seed of Spark's {@code hash}, by which it chooses partitions. */
  private static final int SEED = 42;

  private HashedPartitions() {}

  /**
   * Moves each row to the partition that it names.
   *
   * @param partitions number of partitions, at least 1
   * @param id an integer column, from 0 until {@code partitions}
   */
  public static Dataset<Row> repartitionById(Dataset<Row> rows, int partitions, Column id) {
    Column[] numbers = new Column[partitions];
    int left = partitions;
    for (int number = 0; left > 0; number++) {
      int partition = Math.floorMod(Murmur3_x86_32.hashInt(number, SEED), partitions);
      if (numbers[partition] == null) {
        numbers[partition] = functions.lit(number);
        left--;
      }
    }
    Column number = functions.element_at(functions.array(numbers), id.plus(1));
    return rows.repartition(partitions, number);
  }
}
