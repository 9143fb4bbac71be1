package org.inceptionspark.spark;

import io.delta.sql.DeltaSparkSessionExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.search.InceptionSparkExtensions;
import scala.runtime.BoxedUnit;

/**
 * A session beside that of {@link LocalSpark}, with a catalog of Iceberg's, {@code lake}, and one
 * of Delta's, Spark's own. Both have a database {@code db}. The catalog {@code mortal} is another
 * of Iceberg's, on a {@link CrashingFileSystem}.
 */
public final class LakeSpark {
  private LakeSpark() {}

  /** The session, started when first asked for. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    static final SparkSession SESSION = start();

    private static SparkSession start() {
      SparkSession others = LocalSpark.session();
      Configuration hadoop = others.sparkContext().hadoopConfiguration();
      hadoop.set("fs.mortal.impl", CrashingFileSystem.class.getName());
      hadoop.set(
          "fs.AbstractFileSystem.mortal.impl", CrashingFileSystem.Contextual.class.getName());
      SparkSession.clearActiveSession();
      SparkSession.clearDefaultSession();
      try {
        SparkSession lake =
            SparkSession.builder()
                .withExtensions(
                    extensions -> {
                      new DeltaSparkSessionExtension().apply(extensions);
                      new IcebergSparkSessionExtensions().apply(extensions);
                      new InceptionSparkExtensions().apply(extensions);
                      return BoxedUnit.UNIT;
                    })
                .config(
                    "spark.sql.catalog.spark_catalog",
                    "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.lake.type", "hadoop")
                .config("spark.sql.catalog.lake.warehouse", warehouse())
                .config("spark.sql.catalog.mortal", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.mortal.type", "hadoop")
                .config(
                    "spark.sql.catalog.mortal.warehouse",
                    warehouse().replaceFirst("^file:", "mortal:"))
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.databricks.delta.snapshotPartitions", "1")
                .getOrCreate();
        lake.sql("CREATE NAMESPACE IF NOT EXISTS lake.db");
        lake.sql("CREATE DATABASE IF NOT EXISTS db");
        return lake;
      } finally {
        SparkSession.setDefaultSession(others);
        SparkSession.setActiveSession(others);
      }
    }

    private static String warehouse() {
      try {
        return Files.createTempDirectory("inception spark lake").toUri().toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
