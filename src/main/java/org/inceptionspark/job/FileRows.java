package org.inceptionspark.job;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads files of a table as they are to be written again: what must be there is required. */
final class FileRows {
  private FileRows() {}

  /** Without the partition. */
  static Dataset<Row> read(SparkSession spark, List<String> files) {
    Dataset<Row> rows = merged(spark, files, "");
    return required(rows, LabelTable.ofColumns(List.of(rows.columns())).fileSchema());
  }

  /** With the night in which each row was written. */
  static Dataset<Row> readDated(SparkSession spark, List<String> files, OutputTable table) {
    Dataset<Row> rows = merged(spark, files, table.uri());
    return required(rows, LabelTable.ofColumns(List.of(rows.columns())).schema());
  }

  private static Dataset<Row> merged(SparkSession spark, List<String> files, String basePath) {
    var reader = spark.read().option("mergeSchema", true);
    return (basePath.isEmpty() ? reader : reader.option("basePath", basePath))
        .parquet(files.toArray(String[]::new));
  }

  private static Dataset<Row> required(Dataset<Row> rows, StructType schema) {
    String[] columns =
        Arrays.stream(schema.fieldNames()).map(name -> "`" + name + "`").toArray(String[]::new);
    return rows.sparkSession()
        .createDataset(rows.selectExpr(columns).javaRDD().rdd(), Encoders.row(schema));
  }
}
