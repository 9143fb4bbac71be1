package org.inceptionspark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunRecords;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.job.table.TableComparison;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night whose driver is killed ten times, with SIGKILL, each time at a random moment of its work,
 * ends with the table of a night that nobody disturbs; and nobody ever reads half a chunk.
 */
@Tag("slow")
class KilledNightTest {
  private static final int KILLS = 10;
  private static final int IMAGES = 300;
  private static final int CHUNK = 5;

  @TempDir Path directory;

  private final long seed = Long.getLong("killed.night.seed", System.nanoTime());
  private final Random random = new Random(seed);

  private void writeImages() throws IOException {
    byte[] jpeg = Files.readAllBytes(Path.of("src/quickstart/photos/chelsea.jpg"));
    Path input = Files.createDirectory(directory.resolve("in"));
    for (int i = 0; i < IMAGES; i++) {
      byte[] file = Arrays.copyOf(jpeg, jpeg.length + i); // of a length of its own
      Files.write(input.resolve("%05d.jpg".formatted(i)), file);
    }
  }

  private NightProcess night(int chunk) {
    return NightProcess.of(directory, "killed")
        .inputs(List.of(directory.resolve("in").toString()))
        .commitEvery(chunk);
  }

  private Dataset<Row> table(String name) {
    return LocalSpark.session().read().parquet(directory.resolve(name).toString());
  }

  private RunRecords records() throws IOException {
    return RunRecords.of(directory.resolve("killed").toString(), new Configuration());
  }

  private Set<String> runs() throws IOException {
    Set<String> ids = new HashSet<>();
    for (Iterator<RunRecord> all = records().newestFirst(); all.hasNext(); ) {
      ids.add(all.next().runId());
    }
    return ids;
  }

  /** Commits of the run that is not among these; -1 before it has a plan. */
  private int commits(Set<String> before) throws IOException {
    Iterator<RunRecord> all = records().newestFirst();
    while (all.hasNext()) {
      RunRecord run = all.next();
      if (!before.contains(run.runId())) {
        return run.commits();
      }
    }
    return -1;
  }

  /** Between its start and the fifth commit or so: listing, planning, labelling, committing. */
  private boolean killDuringWork(Process process, Set<String> before) throws Exception {
    int commits = random.nextInt(4) - 1;
    while (process.isAlive() && commits(before) < commits) {
      Thread.sleep(5);
    }
    int milliseconds = commits < 0 ? random.nextInt(8000) : random.nextInt(500);
    boolean ended = process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    return !ended;
  }

  private boolean hasRows() throws IOException {
    Path night = directory.resolve("killed/run_date=" + NightProcess.NIGHT);
    if (!Files.exists(night)) {
      return false;
    }
    try (Stream<Path> files = Files.list(night)) {
      return files.anyMatch(file -> file.toString().endsWith(".parquet"));
    }
  }

  private void assertWholeChunks() throws IOException {
    if (hasRows()) {
      assertThat(table("killed").count() % CHUNK).as("rows beyond whole chunks").isZero();
    }
  }

  @Test
  void endsAsAnUndisturbedOne() throws Exception {
    writeImages();
    int killed = 0;
    for (int i = 0; i < KILLS; i++) {
      Set<String> before = runs();
      killed += killDuringWork(night(CHUNK).start(), before) ? 1 : 0;
      assertWholeChunks();
    }
    assertThat(killed).as("of them before they were done").isEqualTo(KILLS);
    assertThat(table("killed").count()).as("rows that were there").isBetween(1L, IMAGES - 1L);
    NightProcess last = night(IMAGES);
    assertThat(last.run()).as(last.log()).isZero();

    NightProcess.undisturbed(directory, TinyModel.spec());
    TableComparison.Result same =
        TableComparison.compare(table("killed"), table("undisturbed"), Set.of());
    assertThat(same.examples()).as("seed %s", seed).isEmpty();
    assertThat(same.rows()).isEqualTo(IMAGES);
    assertLeftNothing();
    assertRecordsAddUp();
  }

  private void assertLeftNothing() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("killed"))) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names)
          .noneMatch(name -> name.contains("_lease") || name.contains("_temporary"))
          .noneMatch(name -> name.endsWith(".new"));
    }
  }

  private void assertRecordsAddUp() throws IOException {
    long images = 0;
    for (Iterator<RunRecord> all = records().newestFirst(); all.hasNext(); ) {
      RunRecord run = all.next();
      assertThat(run.status()).isIn(RunStatus.KILLED, RunStatus.DONE);
      assertThat(run.listed()).isEqualTo(run.skipped() + run.reused() + run.images() + run.left());
      images += run.images();
    }
    assertThat(images)
        .as("chunks that were in the table but not yet in a record")
        .isBetween((long) IMAGES - KILLS * CHUNK, (long) IMAGES);
  }
}
