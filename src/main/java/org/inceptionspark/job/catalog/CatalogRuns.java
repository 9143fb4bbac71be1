package org.inceptionspark.job.catalog;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.substring_index;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;

/**
 * Records in a table beside the labels, {@code NAME_runs}. A record is written when a run begins,
 * and again after each commit; rows are only added, which cannot conflict with other runs, and the
 * last one of a run counts. Records are not properties of the labels' commits, since a run that
 * fails before its first commit has a record too, and old snapshots expire.
 */
final class CatalogRuns implements RunRecords {
  private static final String RUN = "run_id";
  private static final String WRITTEN = "written";
  private static final String RECORD = "record";
  private static final StructType COLUMNS =
      new StructType()
          .add(RUN, DataTypes.StringType)
          .add(WRITTEN, DataTypes.LongType)
          .add(RECORD, DataTypes.StringType);

  private final SparkSession spark;
  private final CatalogName table;
  private final AtomicLong clock = new AtomicLong();

  CatalogRuns(SparkSession spark, CatalogName labels) {
    this.spark = spark;
    this.table = labels.beside("_runs");
  }

  /** The last row of each run; nothing if there is no table. */
  private Optional<Dataset<Row>> last() {
    if (!table.exists(spark)) {
      return Optional.empty();
    }
    return Optional.of(
        spark
            .table(table.sql())
            .groupBy(RUN)
            .agg(max_by(col(RECORD), col(WRITTEN)).as(RECORD), max(WRITTEN).as(WRITTEN)));
  }

  /** The records' own columns. */
  Dataset<Row> rows(StructType columns) {
    return last()
        .orElseGet(() -> spark.createDataFrame(List.of(), COLUMNS))
        .select(from_json(col(RECORD), columns).as(RECORD))
        .select(RECORD + ".*");
  }

  @Override
  public Iterator<RunRecord> newestFirst() {
    return last()
        .map(
            rows ->
                rows.orderBy(substring_index(col(RUN), "-", 1).desc(), col(WRITTEN).desc())
                    .select(RECORD)
                    .collectAsList())
        .orElse(List.of())
        .stream()
        .map(row -> parsed(row.getString(0)))
        .flatMap(Optional::stream)
        .iterator();
  }

  @Override
  public Optional<RunRecord> read(String runId) {
    return last()
        .flatMap(
            rows ->
                rows.where(col(RUN).equalTo(runId)).select(RECORD).collectAsList().stream()
                    .findFirst())
        .flatMap(row -> parsed(row.getString(0)));
  }

  private static Optional<RunRecord> parsed(String json) {
    try {
      return Optional.of(RunRecord.ofJson(json.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException otherVersion) {
      return Optional.empty();
    }
  }

  @Override
  public void write(RunRecord run) throws IOException {
    long now = System.currentTimeMillis() * 1000;
    long written = clock.updateAndGet(last -> Math.max(last + 1, now));
    Row row =
        RowFactory.create(run.runId(), written, new String(run.toJson(), StandardCharsets.UTF_8));
    CommitRetries.of("of runs " + table.sql()).run(() -> add(row));
  }

  private void add(Row row) throws NoSuchTableException {
    if (!table.exists(spark)) {
      spark.sql(
          "CREATE TABLE IF NOT EXISTS "
              + table.sql()
              + " (run_id STRING COMMENT 'begins with the time', written BIGINT COMMENT"
              + " 'microseconds since 1970; of a run the last row counts', record STRING COMMENT"
              + " 'JSON') USING "
              + TableFormat.madeBy(spark, table).name());
    }
    spark.createDataFrame(List.of(row), COLUMNS).coalesce(1).writeTo(table.sql()).append();
  }
}
