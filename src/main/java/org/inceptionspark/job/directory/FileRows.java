package org.inceptionspark.job.directory;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.table.LabelTable;

/** Reads files of a table to be rewritten: required columns stay required. */
final class FileRows {
  private FileRows() {}

  /** Without the partition. */
  static Dataset<Row> read(SparkSession spark, List<String> files) {
    Dataset<Row> rows =
        spark
            .read()
            .option("mergeSchema", true)
            .parquet(LiteralPaths.of(files.toArray(String[]::new)));
    return required(rows, LabelTable.ofColumns(List.of(rows.columns())).fileSchema());
  }

  private static Dataset<Row> required(Dataset<Row> rows, StructType schema) {
    String[] columns =
        Arrays.stream(schema.fieldNames()).map(name -> "`" + name + "`").toArray(String[]::new);
    return rows.sparkSession()
        .createDataset(rows.selectExpr(columns).javaRDD().rdd(), Encoders.row(schema));
  }
}
