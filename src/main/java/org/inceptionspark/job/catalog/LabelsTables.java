package org.inceptionspark.job.catalog;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.directory.DirectoryTable;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.storage.Location;
import org.inceptionspark.job.table.LabelsTable;

/** Finds a labels table by what the user calls it. */
public final class LabelsTables {
  private static final String DELTA_LOG = "_delta_log";

  private LabelsTables() {}

  /** Whether this names a table of a catalog, and no path. */
  public static boolean isInCatalog(String name) {
    return name.startsWith(CatalogName.PREFIX);
  }

  /**
   * @param name {@code table:NAME} for one in a catalog, {@code table:delta.`URI`} for a Delta
   *     table that is in none; otherwise the URI of a directory, which may hold a Delta table
   * @throws ConfigurationException if it can be no labels table
   */
  public static LabelsTable of(SparkSession spark, String name) throws IOException {
    try {
      return isInCatalog(name)
          ? ofName(spark, name, inCatalog(spark, name))
          : ofPath(spark, name, location(spark, name));
    } catch (IOException e) {
      throw StorageFailure.about("output " + name, e);
    }
  }

  private static LabelsTable ofName(SparkSession spark, String name, CatalogName table)
      throws IOException {
    return table.path().isPresent()
        ? delta(spark, name, table.path().get())
        : new CatalogTable(spark, name, table, new CatalogRuns(spark, table));
  }

  private static LabelsTable ofPath(SparkSession spark, String name, Location location)
      throws IOException {
    if (isDelta(location.fileSystem(), location.path())) {
      return delta(spark, name, name);
    }
    requireNoOther(location.fileSystem(), location.path(), name);
    return new DirectoryTable(spark, name);
  }

  private static CatalogName inCatalog(SparkSession spark, String name) {
    return CatalogName.of(spark, name.substring(CatalogName.PREFIX.length()));
  }

  private static Location location(SparkSession spark, String name) throws IOException {
    return Location.of(name, spark.sessionState().newHadoopConf());
  }

  /** A Delta table that its path names; there may be none yet. */
  private static LabelsTable delta(SparkSession spark, String name, String uri) throws IOException {
    requireDelta(spark, name);
    Location location = location(spark, uri);
    return new CatalogTable(
        spark,
        name,
        CatalogName.ofDelta(location.fileSystem().makeQualified(location.path()).toString()),
        RunRecords.of(uri, spark.sessionState().newHadoopConf()));
  }

  /**
   * The records of a table's runs as rows, for SQL.
   *
   * @param columns of the records that are wanted
   */
  public static Dataset<Row> runs(SparkSession spark, String name, StructType columns)
      throws IOException {
    Optional<CatalogName> table =
        isInCatalog(name) ? Optional.of(inCatalog(spark, name)) : Optional.empty();
    Optional<String> path = table.flatMap(CatalogName::path);
    if (table.isPresent() && path.isEmpty()) {
      return new CatalogRuns(spark, table.get()).rows(columns);
    }
    return spark
        .read()
        .schema(columns)
        .option("multiLine", true)
        .option("pathGlobFilter", "*.json")
        .json(path.orElse(name) + "/" + RunRecords.DIRECTORY);
  }

  private static boolean isDelta(FileSystem fileSystem, Path path) throws IOException {
    return fileSystem.exists(new Path(path, DELTA_LOG));
  }

  private static void requireDelta(SparkSession spark, String name) {
    String catalog = spark.conf().get("spark.sql.catalog.spark_catalog", "");
    if (!catalog.contains("DeltaCatalog")) {
      throw new ConfigurationException(
          name
              + " is a Delta table, which this session cannot read; needed are Delta's jar and"
              + " two settings, see docs/tables.md");
    }
  }

  /** Files of other formats are not all rows: some have been replaced. */
  private static void requireNoOther(FileSystem fileSystem, Path path, String name)
      throws IOException {
    if (path.getParent() != null
        && path.getName().startsWith("run_date=")
        && isDelta(fileSystem, path.getParent())) {
      throw new ConfigurationException(
          name + " is a part of a Delta table; name the table, with --where for a night");
    }
    Path metadata = new Path(path, "metadata");
    if (fileSystem.exists(metadata)
        && Arrays.stream(fileSystem.listStatus(metadata))
            .anyMatch(file -> file.getPath().getName().endsWith(".metadata.json"))) {
      throw new ConfigurationException(
          name + " holds an Iceberg table; name it as its catalog does, table:CATALOG.DB.NAME");
    }
  }
}
