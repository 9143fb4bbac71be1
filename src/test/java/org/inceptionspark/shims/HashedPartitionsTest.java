package org.inceptionspark.shims;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.spark_partition_id;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Old lines of Spark put rows where the newest does. */
class HashedPartitionsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 200})
  void putsEachRowIntoThePartitionThatItNames(int partitions) {
    Dataset<Row> rows = LocalSpark.session().range(1000).toDF("n");
    Column id = pmod(col("n"), lit(partitions)).cast("int");

    Dataset<Row> hashed = HashedPartitions.repartitionById(rows, partitions, id);

    assertThat(hashed.javaRDD().getNumPartitions()).isEqualTo(partitions);
    assertThat(hashed.where(id.notEqual(spark_partition_id())).count()).isZero();
    assertThat(hashed.count()).isEqualTo(1000);
  }
}
