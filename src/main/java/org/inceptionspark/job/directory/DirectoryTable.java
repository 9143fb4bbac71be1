package org.inceptionspark.job.directory;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.runs.CurrentRun;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.table.ExistingRows;
import org.inceptionspark.job.table.IfExists;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.job.table.Night;
import org.inceptionspark.job.table.RowPlace;
import org.inceptionspark.job.table.TableCodec;
import org.inceptionspark.job.table.TableCommits;

/** A directory of Parquet files with a partition for each night. Needs no service. */
public final class DirectoryTable implements LabelsTable {
  private final SparkSession spark;
  private final OutputTable table;

  /**
   * @throws IOException if its file system is unknown
   */
  public DirectoryTable(SparkSession spark, String uri) throws IOException {
    this.spark = spark;
    this.table = new OutputTable(uri, spark.sessionState().newHadoopConf());
  }

  @Override
  public String name() {
    return table.uri();
  }

  @Override
  public void check(IfExists ifExists) throws IOException {
    table.check(ifExists);
    TableCodec.of(spark).require();
  }

  @Override
  public boolean isNew() throws IOException {
    return table.isNew();
  }

  @Override
  public RunRecords records() {
    return table.records();
  }

  @Override
  public String besides() {
    return table.qualified().toString();
  }

  @Override
  public Dataset<Row> view() throws IOException {
    return new DirectoryColumns(spark, table).rows();
  }

  @Override
  public Dataset<Row> rows() throws IOException {
    LabelTable.requireRows(table.uri(), spark.sessionState().newHadoopConf());
    return view();
  }

  @Override
  public Optional<Dataset<Row>> held() throws IOException {
    return table.existingRows(spark);
  }

  @Override
  public Dataset<Row> located(Dataset<Row> wanted, LabelTable columns) {
    List<String> files =
        wanted.select(ExistingRows.FILE).distinct().as(Encoders.STRING()).collectAsList();
    return spark
        .read()
        .schema(columns.fileSchema())
        .parquet(
            LiteralPaths.of(
                files.stream().map(RowPlace::path).map(Path::toString).toArray(String[]::new)))
        .withColumn(ExistingRows.FILE, col("_metadata.file_path"))
        .withColumn(ExistingRows.PLACE, col("_metadata.row_index"));
  }

  @Override
  public TableCommits begin(Night night) throws IOException {
    LockedTable owned = LockedTable.open(table, night.runId(), night.attempt(), night.gate());
    return new DirectoryCommits(spark, owned, table, night);
  }

  @Override
  public long remove(Dataset<Row> images) throws IOException {
    table.requireTable();
    return new DirectoryRemoval(spark, table).execute(images);
  }

  @Override
  public Compacted compact(LocalDate before, long fileBytes) throws IOException {
    table.requireTable();
    return new DirectoryCompaction(spark, table, before, fileBytes).execute();
  }

  @Override
  public Cleaned clean() throws IOException {
    table.requireTable();
    try (LockedTable owned = LockedTable.open(table, CurrentRun.newId("clean"))) {
      return owned.cleaned();
    }
  }
}
