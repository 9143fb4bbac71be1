package org.inceptionspark.job.catalog;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.inceptionspark.job.table.RowPlace;
import org.inceptionspark.shims.ScalaCollections;
import org.inceptionspark.shims.SparkLine;

/**
 * A Delta table with the position of each row in its file. Delta's reader gives positions only
 * where the table may have deletion vectors, which it applies. The files of other tables are read
 * by Spark's Parquet reader, which always gives them.
 */
final class DeltaFiles {
  private static final String DELETED = "deletionVectors";
  private static final String RENAMED = "columnMapping";

  private DeltaFiles() {}

  /** Empty if columns have other names in files. */
  static Optional<Dataset<Row>> of(SparkSession spark, CatalogName table) {
    Row detail = spark.sql("DESCRIBE DETAIL " + table.sql()).head();
    List<String> features = detail.getList(detail.fieldIndex("tableFeatures"));
    if (features.contains(RENAMED)) {
      return Optional.empty();
    }
    Dataset<Row> rows = spark.table(table.sql());
    return RowPlace.of(rows).isPresent() || features.contains(DELETED)
        ? Optional.of(rows)
        : asParquet(spark, rows);
  }

  private static Optional<Dataset<Row>> asParquet(SparkSession spark, Dataset<Row> rows) {
    List<LogicalPlan> sources =
        ScalaCollections.list(rows.queryExecution().analyzed().collectLeaves());
    return sources.size() == 1
            && sources.get(0) instanceof LogicalRelation source
            && source.relation() instanceof HadoopFsRelation files
        ? Optional.of(SparkLine.rows(spark, with(source, parquet(files))))
        : Optional.empty();
  }

  private static HadoopFsRelation parquet(HadoopFsRelation files) {
    return files.copy(
        files.location(),
        files.partitionSchema(),
        files.dataSchema(),
        files.bucketSpec(),
        new ParquetFileFormat(),
        files.options(),
        files.sparkSession());
  }

  /** The other parts of a relation differ between lines of Spark. */
  private static LogicalPlan with(LogicalRelation source, HadoopFsRelation files) {
    Object[] parts = new Object[source.productArity()];
    for (int i = 0; i < parts.length; i++) {
      Object part = source.productElement(i);
      parts[i] = part == source.relation() ? files : part;
    }
    return source.makeCopy(parts);
  }
}
