package org.inceptionspark.job.catalog;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a Delta table's last version read as Parquet, which gives a row's position in its
 * file, as Delta does not. Only where the files' rows are exactly the table's.
 */
final class DeltaFiles {
  private DeltaFiles() {}

  /** Empty if rows in files may be deleted, or columns have other names there. */
  static Optional<Dataset<Row>> of(SparkSession spark, CatalogName table) {
    Row detail = spark.sql("DESCRIBE DETAIL " + table.sql()).head();
    List<String> features = detail.getList(detail.fieldIndex("tableFeatures"));
    if (features.contains("deletionVectors") || features.contains("columnMapping")) {
      return Optional.empty();
    }
    Dataset<Row> rows = spark.table(table.sql());
    String root = new Path(detail.<String>getAs("location")).toString();
    String[] files = rows.inputFiles();
    boolean byNight = List.of(files).stream().allMatch(file -> file.contains("/run_date="));
    return files.length == 0 || !byNight
        ? Optional.empty()
        : Optional.of(spark.read().schema(rows.schema()).option("basePath", root).parquet(files));
  }
}
