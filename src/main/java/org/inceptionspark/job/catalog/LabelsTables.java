package org.inceptionspark.job.catalog;

import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.directory.DirectoryTable;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.storage.Location;
import org.inceptionspark.job.storage.TableLayout;
import org.inceptionspark.job.table.LabelsTable;

/** Finds a labels table by the user's name for it. */
public final class LabelsTables {
  private LabelsTables() {}

  /** Whether this names a table in a catalog rather than a path. */
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
    Optional<TableLayout> layout = TableLayout.of(location.fileSystem(), location.path());
    if (layout.equals(Optional.of(TableLayout.DELTA))) {
      return delta(spark, name, name);
    }
    requireNone(layout, name);
    requireNoNight(location, name);
    return new DirectoryTable(spark, name);
  }

  private static CatalogName inCatalog(SparkSession spark, String name) {
    return CatalogName.of(spark, name.substring(CatalogName.PREFIX.length()));
  }

  private static Location location(SparkSession spark, String name) throws IOException {
    return Location.of(name, spark.sessionState().newHadoopConf());
  }

  /** A Delta table named by its path, which need not exist yet. */
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
        .json(LiteralPaths.of(path.orElse(name) + "/" + RunRecords.DIRECTORY));
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

  private static void requireNone(Optional<TableLayout> layout, String name) {
    if (layout.isPresent()) {
      throw new ConfigurationException(
          name + " holds " + layout.get() + "; name it as its catalog does, table:CATALOG.DB.NAME");
    }
  }

  /** One night's files of a table with a log are not all its rows. */
  private static void requireNoNight(Location location, String name) throws IOException {
    Optional<TableLayout.Enclosing> around =
        location.path().getName().startsWith("run_date=")
            ? TableLayout.around(location.fileSystem(), location.path())
            : Optional.empty();
    if (around.isPresent()) {
      throw new ConfigurationException(
          name
              + " is a part of "
              + around.get().layout()
              + "; name the table, with --where for a night");
    }
  }
}
