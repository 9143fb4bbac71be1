package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Part of the fault matrix: there is no room for shuffle, table or log. */
@Tag("slow")
class FullDiskTest {
  private static final int IMAGES = 13;

  /** To every file of the process the disk looks full after six kilobytes. */
  private static final List<String> FULL_DISK =
      List.of("bash", "-c", "ulimit -f 6 && exec \"$@\"", "bash");

  private static final List<String> OPTIONS =
      List.of("--input", "src/quickstart/photos", "--weights", TinyModel.checkpoint().toString());

  @TempDir Path directory;

  @Test
  void theRunFailsInALineAndTheNextOneDoesTheWork() throws Exception {
    LabelProcess process =
        LabelProcess.start(directory, FULL_DISK, Map.of("spark.master", "local[1]"), OPTIONS);
    String table = directory.resolve("labels").toString();
    try {
      assertThat(process.exitCode()).as(process.output()).isEqualTo(Main.FAILED);
    } finally {
      process.end();
    }
    assertThat(process.output())
        .contains("inception-spark label: labels into " + table + ": the disk is full");
    assertThat(CommandLineRun.of("runs", table).out()).contains("failed", "the disk is full");

    CommandLineRun next =
        CommandLineRun.of(
            "label",
            "--output",
            table,
            "--if-exists",
            "append",
            OPTIONS.get(0),
            OPTIONS.get(1),
            OPTIONS.get(2),
            OPTIONS.get(3));
    assertThat(next.code()).as(next.err()).isZero();
    assertThat(LocalSpark.session().read().parquet(table).count()).isEqualTo(IMAGES);
  }
}
