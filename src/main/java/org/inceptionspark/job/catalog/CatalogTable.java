package org.inceptionspark.job.catalog;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.unix_micros;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.Night;
import org.inceptionspark.job.table.TableCommits;

/**
 * An Iceberg or Delta table in one of Spark's catalogs. Existing rows are read from one version of
 * it, whatever is committed meanwhile; a row is identified by the version of its image, since files
 * come and go.
 */
final class CatalogTable implements LabelsTable {
  private static final String[] JOINED = {ExistingRows.FILE};

  private final SparkSession spark;
  private final String name;
  private final CatalogName table;
  private final RunRecords records;

  CatalogTable(SparkSession spark, String name, CatalogName table, RunRecords records) {
    this.spark = spark;
    this.name = name;
    this.table = table;
    this.records = records;
  }

  @Override
  public String name() {
    return name;
  }

  private boolean exists() {
    return table.exists(spark);
  }

  private TableFormat format() {
    return TableFormat.of(TableFacts.of(spark, table).get("Provider"), name);
  }

  @Override
  public void check(IfExists ifExists) {
    if (!exists()) {
      TableFormat.madeBy(spark, table);
      return;
    }
    format();
    TableColumns.requireFixed(name, spark.table(table.sql()).schema());
    if (ifExists == IfExists.FAIL && !isNew()) {
      throw new ConfigurationException(
          "output "
              + name
              + " already holds a labels table; to add to it, set if-exists to append");
    }
  }

  @Override
  public boolean isNew() {
    return !exists() || spark.table(table.sql()).select(SourceImage.PATH).isEmpty();
  }

  @Override
  public RunRecords records() {
    return records;
  }

  /** The location of the table's files, if the catalog gives it. */
  @Override
  public String besides() {
    String location = exists() ? TableFacts.of(spark, table).get("Location") : null;
    return location != null
        ? location
        : Path.of(System.getProperty("java.io.tmpdir"), "inception-spark", table.sql())
            .toUri()
            .toString();
  }

  @Override
  public Dataset<Row> view() {
    return spark.table(table.sql());
  }

  @Override
  public Dataset<Row> rows() {
    if (!exists()) {
      throw new ConfigurationException("table " + name + " does not exist");
    }
    if (isNew()) {
      throw new ConfigurationException("table " + name + " has no rows yet: no run has added any");
    }
    return format() == TableFormat.DELTA
        ? DeltaFiles.of(spark, table).orElseGet(() -> spark.table(table.sql()))
        : spark.table(table.sql());
  }

  @Override
  public Optional<Dataset<Row>> held() {
    return isNew() ? Optional.empty() : Optional.of(ExistingRows.narrow(located(now())));
  }

  @Override
  public Dataset<Row> located(Dataset<Row> wanted, LabelTable columns) {
    Dataset<Row> these = wanted.select(ExistingRows.FILE).distinct();
    Dataset<Row> rows =
        located(now()).join(these, JOINED, "left_semi").dropDuplicates(ExistingRows.FILE);
    Set<String> present = Set.of(rows.columns());
    for (String endPoint : columns.endPoints()) {
      if (!present.contains(endPoint)) {
        rows = rows.withColumn(endPoint, lit(null).cast(LabelTable.FLOATS));
      }
    }
    return rows;
  }

  /** The rows of the version that is the last now, even when there are later ones. */
  private Dataset<Row> now() {
    table.refresh(spark);
    return format()
        .version(spark, table)
        .map(version -> spark.sql("SELECT * FROM " + table.sql() + " VERSION AS OF " + version))
        .orElseGet(() -> spark.table(table.sql()));
  }

  private static Dataset<Row> located(Dataset<Row> rows) {
    Column version =
        struct(
            col(SourceImage.PATH),
            col(SourceImage.LENGTH),
            unix_micros(col(SourceImage.MODIFIED)).as(SourceImage.MODIFIED),
            col(SourceImage.ETAG),
            col("model"));
    return rows.withColumn(ExistingRows.FILE, to_json(version))
        .withColumn(ExistingRows.PLACE, lit(0L));
  }

  @Override
  public TableCommits begin(Night night) throws RunException {
    CommitRetries.of(name).run(() -> prepare(night.columns()));
    return new CatalogCommits(spark, this, table, format(), night);
  }

  /** Another run may be doing the same. */
  private void prepare(LabelTable columns) {
    if (!exists()) {
      TableColumns.create(spark, table, columns);
    }
    TableColumns.addMissing(spark, name, table, columns);
  }

  /** One commit. */
  @Override
  public long remove(Dataset<Row> images) throws IOException {
    requireTable();
    long rows = now().join(images, SourceImage.PATH).count();
    if (rows > 0) {
      CommitRetries.of(name).run(() -> merge(images));
    }
    return rows;
  }

  private void merge(Dataset<Row> images) {
    try (SourceRows gone = SourceRows.of(images)) {
      table.refresh(spark);
      spark
          .sql(
              "MERGE INTO "
                  + table.sql()
                  + " o USING "
                  + gone.view()
                  + " r ON o.path = r.path AND "
                  + gone.within("o")
                  + " WHEN MATCHED THEN DELETE")
          .collectAsList();
    }
  }

  @Override
  public Compacted compact(LocalDate before, long fileBytes) throws IOException {
    requireTable();
    String where = "run_date < DATE'" + before + "'";
    Map<String, Set<String>> filesBefore = files(where);
    try (SessionSettings settings = format().compactionSettings(spark, fileBytes)) {
      spark.sql(format().compaction(spark, table, where, fileBytes)).collectAsList();
    } catch (Exception e) { // Spark throws undeclared checked exceptions
      throw new RunException("compaction of " + name + ": " + StorageFailure.describe(e), e);
    }
    Map<String, Set<String>> filesAfter = files(where);
    Map<String, Set<String>> changed = new HashMap<>(filesBefore);
    changed.entrySet().removeAll(filesAfter.entrySet());
    int gone = 0;
    int come = 0;
    for (Map.Entry<String, Set<String>> night : changed.entrySet()) {
      Set<String> now = filesAfter.getOrDefault(night.getKey(), Set.of());
      gone += (int) night.getValue().stream().filter(file -> !now.contains(file)).count();
      come += (int) now.stream().filter(file -> !night.getValue().contains(file)).count();
    }
    return new Compacted(changed.size(), gone, come);
  }

  private Map<String, Set<String>> files(String where) {
    table.refresh(spark);
    Column file = format() == TableFormat.ICEBERG ? col("_file") : col("_metadata.file_path");
    return spark
        .table(table.sql())
        .where(where)
        .select(col(LabelTable.RUN_DATE).cast("string"), file)
        .distinct()
        .collectAsList()
        .stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getString(0),
                Collectors.mapping(row -> row.getString(1), Collectors.toSet())));
  }

  private void requireTable() {
    if (!exists()) {
      throw new ConfigurationException("table " + name + " does not exist");
    }
  }

  /** There is nothing to clean up: what was not committed is not in the table. */
  @Override
  public Cleaned clean() {
    requireTable();
    return Cleaned.NOTHING;
  }
}
