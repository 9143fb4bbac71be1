package org.inceptionspark.job.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.storage.RequiredSettings;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver that has lost its lease computes in vain: nothing of it appears. */
class LeasedCommitProtocolTest {
  @TempDir Path directory;

  private List<String> parts() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getParent().getFileName().toString().startsWith("run_date="))
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .toList();
    }
  }

  @Test
  void nothingIsCommittedWithoutTheLease() throws IOException {
    OutputTable table = new OutputTable(directory.toString(), new Configuration());
    TableWriter writer = new TableWriter(table, LocalDate.of(2026, 1, 31));
    Dataset<Row> rows = LocalSpark.session().range(3).toDF("path").coalesce(1);
    try (RequiredSettings held = RequiredSettings.hold(LocalSpark.session());
        LockedTable owned = LockedTable.open(table, "sleeper")) {
      assertThat(writer.append(rows)).isEqualTo("file");
      assertThat(parts()).hasSize(1);
      Files.writeString(directory.resolve("_lease.2"), "{}");
      assertThatThrownBy(() -> writer.append(rows))
          .isInstanceOf(RunException.class)
          .hasMessageContaining(
              "run sleeper was silent for so long that another run has taken over");
      assertThat(parts()).hasSize(1);
      assertThatThrownBy(owned::check).isInstanceOf(RunException.class);
    }
    assertThat(directory.resolve("_lease.2")).as("the lease of the other").exists();
  }
}
