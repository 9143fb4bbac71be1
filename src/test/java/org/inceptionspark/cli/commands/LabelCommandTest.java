package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelCommandTest {
  @TempDir Path directory;

  @Test
  void labelsThePhotographs() {
    String output = directory.resolve("labels").toString();
    CommandLineRun run =
        CommandLineRun.of(
            "label",
            "--input",
            "src/quickstart/photos",
            "--glob",
            "*.jpg",
            "--output",
            output,
            "--weights",
            "src/quickstart/model/model.json",
            "--labels",
            "src/quickstart/model/labels.txt",
            "--run-date",
            "2026-01-31");

    Dataset<Row> table = LocalSpark.session().read().parquet(output);
    assertThat(run.code()).isZero();
    assertThat(table.count()).isEqualTo(12);
  }
}
