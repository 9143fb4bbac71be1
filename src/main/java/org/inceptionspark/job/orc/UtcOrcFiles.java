package org.inceptionspark.job.orc;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_millis;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads ORC files, one task per file, taking times without a zone as UTC. ORC's {@code timestamp}
 * is a local time, which Spark interprets in the time zone of its JVM: in New York, the times of an
 * S3 Inventory would be five hours late, and in the hour that is skipped each spring no correction
 * could tell them apart.
 */
public final class UtcOrcFiles {
  /** The second where a session takes times without a zone for what they are. */
  private static final Set<DataType> TIMES =
      Set.of(DataTypes.TimestampType, DataTypes.TimestampNTZType);

  private UtcOrcFiles() {}

  /**
   * @param schema columns to read, as Spark sees them: strings, times, whole numbers and booleans;
   *     these last become 0 and 1
   */
  public static Dataset<Row> rows(SparkSession spark, List<String> files, StructType schema) {
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    String[] columns = schema.fieldNames();
    JavaRDD<Row> rows =
        context
            .parallelize(files, files.size())
            .mapPartitions(names -> rows(names, columns, hadoop.value().value()));
    Dataset<Row> raw = spark.createDataFrame(rows, asRead(schema));
    for (StructField field : schema.fields()) {
      if (TIMES.contains(field.dataType())) {
        raw = raw.withColumn(field.name(), timestamp_millis(col(field.name())));
      }
    }
    return raw;
  }

  private static StructType asRead(StructType schema) {
    StructType read = new StructType();
    for (StructField field : schema.fields()) {
      boolean text = field.dataType().equals(DataTypes.StringType);
      DataType type = text ? DataTypes.StringType : DataTypes.LongType;
      read = read.add(field.name(), type);
    }
    return read;
  }

  private static Iterator<Row> rows(
      Iterator<String> files, String[] columns, Configuration configuration) throws IOException {
    // One file a partition.
    return new OrcRows(files.next(), columns, configuration);
  }
}
