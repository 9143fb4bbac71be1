package org.inceptionspark.job.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.shims.ScalaCollections;

/** The name of a table in a catalog, part by part. */
record CatalogName(List<String> parts) {
  /** The prefix of names in a catalog. */
  static final String PREFIX = "table:";

  private static final String DELTA = "delta";

  /**
   * Spark's errors for a missing table, or, for a path, for nothing at all; and Delta's for a log
   * without a commit, as while another run creates the table.
   */
  private static final List<String> MISSING =
      List.of("TABLE_OR_VIEW_NOT_FOUND", "PATH_NOT_FOUND", "DELTA_TABLE_NOT_FOUND");

  private static final String SESSION_CATALOG = "spark_catalog";

  CatalogName {
    parts = List.copyOf(parts);
  }

  /**
   * @throws ConfigurationException if this is not the name of a table
   */
  static CatalogName of(SparkSession spark, String name) {
    try {
      return new CatalogName(
          ScalaCollections.list(spark.sessionState().sqlParser().parseMultipartIdentifier(name)));
    } catch (ParseException e) {
      throw new ConfigurationException(
          PREFIX + name + " is not the name of a table, such as table:catalog.database.labels", e);
    }
  }

  /** A Delta table that is in no catalog. */
  static CatalogName ofDelta(String path) {
    return new CatalogName(List.of(DELTA, path));
  }

  /** Whether Spark finds it; refreshes it, since catalogs cache what they have read. */
  boolean exists(SparkSession spark) {
    try {
      spark.table(sql());
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      if (MISSING.stream().anyMatch(String.valueOf(e.getMessage())::contains)) {
        return false;
      }
      throw new ConfigurationException("table " + sql() + ": " + StorageFailure.describe(e), e);
    }
    refresh(spark);
    return true;
  }

  /** Delta reads its log each time. */
  void refresh(SparkSession spark) {
    if (!isPath()) {
      spark.sql("REFRESH TABLE " + sql());
    }
  }

  private boolean isPath() {
    return path().isPresent();
  }

  /** The path of a Delta table that is in no catalog, from {@code delta.`path`}. */
  Optional<String> path() {
    return parts.size() == 2 && parts.get(0).equals(DELTA) && last().contains("/")
        ? Optional.of(last())
        : Optional.empty();
  }

  /** As SQL has it. */
  String sql() {
    return sql(parts);
  }

  private static String sql(List<String> parts) {
    return parts.stream()
        .map(part -> "`" + part.replace("`", "``") + "`")
        .collect(Collectors.joining("."));
  }

  /** A table beside this one. */
  CatalogName beside(String suffix) {
    List<String> other = new ArrayList<>(parts);
    other.set(other.size() - 1, last() + suffix);
    return new CatalogName(other);
  }

  /** One of the format's metadata tables about this one. */
  String about(String what) {
    List<String> longer = new ArrayList<>(parts);
    longer.add(what);
    return sql(longer);
  }

  private String last() {
    return parts.get(parts.size() - 1);
  }

  /** The catalog that contains it. */
  String catalog(SparkSession spark) {
    boolean named = parts.size() > 1 && spark.conf().contains("spark.sql.catalog." + parts.get(0));
    String current = spark.catalog().currentCatalog();
    return named ? parts.get(0) : current.isEmpty() ? SESSION_CATALOG : current;
  }

  /** Without the catalog. */
  String inCatalog(SparkSession spark) {
    return parts.get(0).equals(catalog(spark)) ? sql(parts.subList(1, parts.size())) : sql();
  }
}
