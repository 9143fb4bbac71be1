package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.runs.RunStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    var runs = RunRecords.of(directory.resolve("labels").toString(), new Configuration());
    var newest = runs.newestFirst();
    return newest.hasNext() ? newest.next() : null;
  }
}
