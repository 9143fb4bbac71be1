package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.job.table.TableComparison;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights on a disk that fills up: a file system in memory, mounted for one process in a name space
 * of its own. Where the machine forbids that, these tests are skipped and say so.
 */
@Tag("slow")
class FullDiskTest {
  private static final int IMAGES = 48;
  private static final int CHUNK = 4;

  /** 32 kB a row. */
  private static final String END_POINT = "Mixed_7c";

  @TempDir Path directory;

  private Path disk;

  @BeforeEach
  void make() throws Exception {
    Process mount =
        new ProcessBuilder(List.of("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/tmp"))
            .inheritIO()
            .start();
    assumeTrue(mount.waitFor() == 0, "no disk can be filled here: unshare -rm mount is refused");
    disk = Files.createDirectory(directory.resolve("disk"));
    byte[] jpeg = Files.readAllBytes(Path.of("src/quickstart/photos/chelsea.jpg"));
    Path input = Files.createDirectory(directory.resolve("in"));
    for (int i = 0; i < IMAGES; i++) {
      Files.write(input.resolve("%05d.jpg".formatted(i)), Arrays.copyOf(jpeg, jpeg.length + i));
    }
  }

  private NightProcess night(String output) {
    return NightProcess.of(directory, output)
        .inputs(List.of(directory.resolve("in").toString()))
        .commitEvery(CHUNK)
        .endPoint(END_POINT);
  }

  /** A disk of so many kilobytes at the directory {@link #disk}, for one command. */
  private List<String> withDisk(int kilobytes, String command) {
    return List.of(
        "unshare",
        "-rm",
        "sh",
        "-c",
        "mount -t tmpfs -o size=%dk tmpfs \"$0\" && %s".formatted(kilobytes, command),
        disk.toString());
  }

  private Dataset<Row> table(String name) {
    return LocalSpark.session().read().parquet(directory.resolve(name).toString());
  }

  private void assertSame(String table) {
    TableComparison.Result same =
        TableComparison.compare(table(table), table("undisturbed"), Set.of());
    assertThat(same.examples()).isEmpty();
    assertThat(same.rows()).isEqualTo(IMAGES);
  }

  /**
   * The disk of the shuffle: the night stops and says why, the next one does the rest. It has room
   * for some chunks, some 35 kB an image, and nothing is cleaned up meanwhile.
   */
  @Test
  void forShuffleStopsTheNightAndNothingElse() throws Exception {
    NightProcess.undisturbed(directory, TinyModel.builder().endPoints(List.of(END_POINT)).build());
    NightProcess full =
        night("shuffle")
            .option("-Dspark.local.dir=" + disk)
            .option("-Dspark.cleaner.referenceTracking=false")
            .under(withDisk(800, "exec \"$@\""));
    assertThat(full.run()).as(full.log()).isEqualTo(2);
    assertThat(full.log())
        .contains("FAILED labels into " + directory.resolve("shuffle") + ": the disk is full");
    RunRecord record =
        RunRecords.of(directory.resolve("shuffle").toString(), new Configuration())
            .newestFirst()
            .next();
    assertThat(record.status()).isEqualTo(RunStatus.FAILED);
    assertThat(record.failure()).endsWith("the disk is full");
    assertThat(record.images()).as("it had begun").isPositive().isLessThan(IMAGES);
    assertThat(table("shuffle").count()).isEqualTo(record.images());

    NightProcess next = night("shuffle");
    assertThat(next.run()).as(next.log()).isZero();
    assertSame("shuffle");
  }

  /** The disk of log and event log: the night goes on, and only they end early. */
  @Test
  void forLogsChangesNothing() throws Exception {
    NightProcess.undisturbed(directory, TinyModel.builder().endPoints(List.of(END_POINT)).build());
    NightProcess full =
        night("logs")
            .option("-Dspark.eventLog.enabled=true")
            .option("-Dspark.eventLog.compress=false")
            .option("-Dspark.eventLog.dir=" + disk.toUri())
            .under(
                withDisk(
                    64,
                    "\"$@\" >\"$0/log\" 2>&1; code=$?; df \"$0\"; tail -c 300 \"$0/log\"; exit $code"));
    assertThat(full.run()).as(full.log()).isZero();
    assertThat(full.log()).as("it was full").containsPattern("tmpfs +64 +64 +0 +100%");
    assertSame("logs");
  }
}
