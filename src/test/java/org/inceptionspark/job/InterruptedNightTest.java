package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.job.table.LabelsTable;
import org.inceptionspark.spark.InterruptingFileSystem;
import org.inceptionspark.spark.LakeSpark;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A night that a signal ends: Ctrl-C, or a scheduler that has waited long enough. */
@Tag("slow")
class InterruptedNightTest {
  @TempDir Path directory;

  @Test
  void theRecordSaysSo() throws Exception {
    Path in = Files.createDirectories(directory.resolve("in"));
    for (int i = 0; i < 200; i++) {
      Files.copy(Path.of("src/quickstart/photos/fig.jpg"), in.resolve(i + ".jpg"));
    }
    NightProcess night =
        NightProcess.of(directory, "labels").inputs(List.of(in.toString())).commitEvery(8);
    Process process = night.start();
    try {
      while (process.isAlive() && record() == null) {
        Thread.sleep(50);
      }
      process.destroy(); // SIGTERM
      process.waitFor();
    } finally {
      process.destroyForcibly();
    }
    RunRecord record = record();
    assertThat(record.status()).as(night.log()).isEqualTo(RunStatus.FAILED);
    assertThat(record.failure()).endsWith("labels: interrupted");
    assertThat(night.log()).doesNotContain("another run");
  }

  private RunRecord record() throws Exception {
    return newest(RunRecords.of(directory.resolve("labels").toString(), new Configuration()));
  }

  private static RunRecord newest(RunRecords records) throws Exception {
    Iterator<RunRecord> newest = records.newestFirst();
    return newest.hasNext() ? newest.next() : null;
  }

  private NightProcess interruptedAfter(String rename) {
    return NightProcess.of(directory, "labels")
        .inputs(List.of("src/quickstart/photos"))
        .commitEvery(2)
        .option("-Dspark.hadoop.fs.file.impl=" + InterruptingFileSystem.class.getName())
        .option("-D" + InterruptingFileSystem.STEP + "=" + rename);
  }

  private static void assertThatRowsAreCounted(RunRecord record, Dataset<Row> table, String log) {
    assertThat(record.status()).as(log).isEqualTo(RunStatus.FAILED);
    assertThat(record.failure()).endsWith(": interrupted");
    assertThat(record.images()).as(log).isEqualTo(table.count());
    assertThat(record.left()).isEqualTo(record.listed() - record.images()).isPositive();
  }

  /** The first chunk brings its directory along, the second a file. */
  @ParameterizedTest
  @CsvSource({".*/labels/run_date=[^/]*, 2", ".*/labels/run_date=[^/]*/part-.*, 4"})
  void aChunkThatIsBeingCommittedIsCounted(String rename, long rows) throws Exception {
    NightProcess night = interruptedAfter(rename);
    assertThat(night.run()).as(night.log()).isEqualTo(143);
    Dataset<Row> table =
        LocalSpark.session().read().parquet(directory.resolve("labels").toString());
    assertThatRowsAreCounted(record(), table, night.log());
    assertThat(table.count()).as("nothing more is begun").isEqualTo(rows);
  }

  @Test
  void aCommitToACatalogThatIsUnderWayIsCounted() throws Exception {
    String catalog = "spark.sql.catalog.night";
    String warehouse = directory.resolve("warehouse").toUri().toString();
    Map<String, String> settings =
        Map.of(
            catalog,
            "org.apache.iceberg.spark.SparkCatalog",
            catalog + ".type",
            "hadoop",
            catalog + ".warehouse",
            warehouse);
    NightProcess night =
        interruptedAfter(".*/labels/metadata/v[3-9]\\.metadata\\.json")
            .table("table:night.db.labels")
            .option("-Dspark.sql.extensions=" + IcebergSparkSessionExtensions.class.getName());
    settings.forEach((name, value) -> night.option("-D" + name + "=" + value));
    assertThat(night.run()).as(night.log()).isEqualTo(143);
    SparkSession spark = LakeSpark.session();
    settings.forEach((name, value) -> spark.conf().set(name, value));
    LabelsTable table = LabelsTables.of(spark, "table:night.db.labels");
    assertThatRowsAreCounted(newest(table.records()), table.view(), night.log());
    assertThat(table.view().count()).isPositive();
  }
}
