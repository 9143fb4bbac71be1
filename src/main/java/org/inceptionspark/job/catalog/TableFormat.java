package org.inceptionspark.job.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.ConfigurationException;

/** What differs between table formats. */
enum TableFormat {
  ICEBERG {
    @Override
    Map<String, String> properties() {
      return new TreeMap<>(
          Map.of(
              // Rows of which some are replaced are written again: files are what readers see.
              "write.merge.mode", "copy-on-write",
              "write.update.mode", "copy-on-write",
              "write.delete.mode", "copy-on-write",
              // Two runs that have added the same image do not both succeed.
              "write.merge.isolation-level", "serializable",
              // A search that needs one embedding reads a page.
              "write.parquet.page-size-bytes", "131072",
              "write.parquet.bloom-filter-enabled.column.path", "true",
              "write.parquet.bloom-filter-enabled.column.sha256", "true",
              // Paths have long common prefixes: sixteen characters would not distinguish files.
              "write.metadata.metrics.column.path", "full",
              "commit.retry.num-retries", "20"));
    }

    @Override
    Optional<String> version(SparkSession spark, CatalogName table) {
      List<Row> main =
          spark
              .sql("SELECT snapshot_id FROM " + table.about("refs") + " WHERE name = 'main'")
              .collectAsList();
      return main.stream().map(row -> Long.toString(row.getLong(0))).findFirst();
    }

    @Override
    String compaction(SparkSession spark, CatalogName table, String where, long fileBytes) {
      return String.format(
          Locale.ROOT,
          "CALL `%s`.system.rewrite_data_files(table => '%s', where => '%s', options =>"
              + " map('target-file-size-bytes', '%d', 'min-file-size-bytes', '%d',"
              + " 'max-file-size-bytes', '%d', 'min-input-files', '2'))",
          table.catalog(spark),
          table.inCatalog(spark),
          where.replace("'", "\\'"),
          fileBytes,
          fileBytes / 2,
          2 * fileBytes);
    }
  },
  DELTA {
    @Override
    Map<String, String> properties() {
      return new TreeMap<>(
          Map.of(
              // Rows of which some are replaced are written again: files are what readers see.
              "delta.enableDeletionVectors", "false",
              // Two runs that have added the same image do not both succeed.
              "delta.isolationLevel", "Serializable"));
    }

    @Override
    Optional<String> version(SparkSession spark, CatalogName table) {
      Row last = spark.sql("DESCRIBE HISTORY " + table.sql() + " LIMIT 1").head();
      return Optional.of(Long.toString(last.getLong(0)));
    }

    @Override
    String compaction(SparkSession spark, CatalogName table, String where, long fileBytes) {
      Row detail = spark.sql("DESCRIBE DETAIL " + table.sql()).head();
      boolean byNight = detail.getList(detail.fieldIndex("partitionColumns")).contains("run_date");
      // Delta takes conditions on partitions only, and none for a clustered table.
      return "OPTIMIZE " + table.sql() + (byNight ? " WHERE " + where : "");
    }
  };

  /** The properties of a new table. */
  abstract Map<String, String> properties();

  /** The last commit; empty if there was none. */
  abstract Optional<String> version(SparkSession spark, CatalogName table);

  /** The statement that merges small files. */
  abstract String compaction(SparkSession spark, CatalogName table, String where, long fileBytes);

  /** Session settings that must hold meanwhile. */
  SessionSettings compactionSettings(SparkSession spark, long fileBytes) {
    String delta = "spark.databricks.delta.optimize.";
    return SessionSettings.hold(
        spark,
        Map.of(
            delta + "maxFileSize", Long.toString(fileBytes),
            delta + "minFileSize", Long.toString(fileBytes / 2)));
  }

  /** Session settings by which a commit carries its run's id. */
  SessionSettings commitSettings(SparkSession spark, String runId) {
    return SessionSettings.hold(
        spark,
        Map.of(
            "spark.sql.iceberg.snapshot-property.inception-spark.run-id",
            runId,
            "spark.databricks.delta.commitInfo.userMetadata",
            "inception-spark run " + runId));
  }

  /**
   * The format of this name in a catalog.
   *
   * @throws ConfigurationException if rows of it cannot be replaced in one commit
   */
  static TableFormat of(String provider, String table) {
    for (TableFormat format : values()) {
      if (format.name().equalsIgnoreCase(provider)) {
        return format;
      }
    }
    throw new ConfigurationException(
        table + " is a table in " + provider + "; needed is one in Iceberg or Delta");
  }

  /**
   * The format that a catalog creates, by its class.
   *
   * @throws ConfigurationException if it creates neither
   */
  static TableFormat madeBy(SparkSession spark, CatalogName table) {
    String catalog = table.catalog(spark);
    String implementation = spark.conf().get("spark.sql.catalog." + catalog, "");
    String words = implementation.toLowerCase(Locale.ROOT);
    if (words.contains("iceberg")) {
      return ICEBERG;
    }
    if (words.contains("delta") || words.contains("unitycatalog")) {
      return DELTA;
    }
    throw new ConfigurationException(
        "catalog "
            + catalog
            + " does not say whether its tables are in Iceberg or Delta"
            + (implementation.isEmpty() ? ": spark.sql.catalog." + catalog + " is not set" : "")
            + "; make the table first");
  }
}
