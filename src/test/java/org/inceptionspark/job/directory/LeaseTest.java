package org.inceptionspark.job.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.hdfs.EmbeddedHdfs;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.runs.Attempt;
import org.inceptionspark.job.storage.AtomicFiles;
import org.inceptionspark.s3.EmbeddedS3;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lease on local files, on S3 and on HDFS. */
@Tag("slow")
class LeaseTest {
  private static final Lease.Timing SLOW =
      new Lease.Timing(Duration.ofHours(1), Duration.ofMinutes(2));

  @TempDir static java.nio.file.Path directory;

  private static EmbeddedS3 s3;
  private static EmbeddedHdfs hdfs;
  private static FileSystem bucket;
  private static FileSystem local;

  @BeforeAll
  static void start() throws Exception {
    hdfs = EmbeddedHdfs.start(directory.resolve("hdfs"));
    s3 = EmbeddedS3.start(Files.createDirectory(directory.resolve("s3")), "id", "secret");
    try (var client = s3.client()) {
      client.createBucket(b -> b.bucket("leases"));
    }
    Configuration configuration = new Configuration();
    for (Map.Entry<String, String> option : s3.s3aOptions().entrySet()) {
      configuration.set(option.getKey(), option.getValue());
    }
    bucket = FileSystem.newInstance(new Path("s3a://leases/").toUri(), configuration);
    local = FileSystem.newInstance(new Path("file:///").toUri(), configuration);
  }

  @AfterAll
  static void stop() throws Exception {
    bucket.close();
    s3.close();
    hdfs.close();
  }

  private static AtomicFiles files(String storage) {
    return AtomicFiles.on(
        switch (storage) {
          case "s3a" -> bucket;
          case "hdfs" -> hdfs.fileSystem();
          default -> local;
        });
  }

  private static Path table(String storage, String name) {
    return switch (storage) {
      case "s3a" -> new Path("s3a://leases/" + name);
      case "hdfs" -> new Path(hdfs.fileSystem().getUri() + "/leases/" + name);
      default -> new Path(directory.resolve(name).toUri());
    };
  }

  private static LeaseHolder other(String runId) {
    return new LeaseHolder(runId, "elsewhere", "elsewhere", 1, "", Instant.now().toString(), "", 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a", "hdfs"})
  void theSecondIsTold(String storage) throws IOException {
    Path table = table(storage, "second");
    try (Lease first = Lease.take(files(storage), table, "first", Attempt.ONLY)) {
      assertThatThrownBy(() -> Lease.take(files(storage), table, "second", Attempt.ONLY))
          .isInstanceOf(RunException.class)
          .hasMessageMatching(
              "table "
                  + table
                  + " is being written by run first on \\S+, last sign of life \\S+Z;"
                  + " if it is dead, its lease ends at \\S+Z");
      first.check();
    }
    try (Lease third = Lease.take(files(storage), table, "third", Attempt.ONLY)) {
      assertThat(third.deadRun()).isEmpty();
    }
  }

  /**
   * A holder's file that is missing or incomplete for a moment would mean a free table. Between
   * checking an etag and answering, the embedded S3 may take the bytes of the next version and the
   * length of the last one, as no real store does: on it, both files have the same length.
   */
  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a", "hdfs"})
  void whatIsReplacedIsReadWhole(String storage) throws Exception {
    Path file = new Path(table(storage, "replaced"), "_lease.1");
    AtomicFiles files = files(storage);
    String name = storage.equals("s3a") ? "run %03d" : "run %d";
    files.replace(file, other(String.format(Locale.ROOT, name, 0)).toJson());
    AtomicBoolean isDone = new AtomicBoolean();
    FutureTask<Integer> reader =
        new FutureTask<>(
            () -> {
              int unreadable = 0;
              do {
                unreadable += LeaseHolder.ofJson(files.read(file)).isPresent() ? 0 : 1;
              } while (!isDone.get());
              return unreadable;
            });
    new Thread(reader).start();
    for (int i = 1; i <= 100; i++) {
      files.replace(file, other(String.format(Locale.ROOT, name, i)).toJson());
    }
    isDone.set(true);
    assertThat(reader.get()).isZero();
  }

  @Test
  void aRunIsNotRefusedByItsOwnFile() throws IOException {
    s3.store().loseAnswer("lost/_lease.1"); // the client asks again, and is told that it is there
    try (Lease lease = Lease.take(files("s3a"), table("s3a", "lost"), "run", Attempt.ONLY)) {
      lease.check();
    }
    Path file = new Path("s3a://leases/lost/file");
    assertThat(files("s3a").create(file, new byte[] {1})).isTrue();
    s3.store().loseAnswer("lost/file");
    assertThat(files("s3a").create(file, new byte[] {2})).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a", "hdfs"})
  void ofManyAtOnceOneSucceeds(String storage) throws Exception {
    Path table = table(storage, "race");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Lease>> takers =
        IntStream.range(0, 8)
            .<Callable<Lease>>mapToObj(
                i -> () -> Lease.take(files(storage), table, "run " + i, Attempt.ONLY))
            .toList();
    int winners = 0;
    for (Future<Lease> taken : threads.invokeAll(takers)) {
      try (Lease lease = taken.get()) {
        lease.check();
        winners++;
      } catch (java.util.concurrent.ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(RunException.class);
      }
    }
    threads.shutdown();
    assertThat(winners).isEqualTo(1);
  }

  /** An expired lease is taken over, and the holder notices when it wakes up. */
  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a", "hdfs"})
  void aSleeperHasLost(String storage) throws Exception {
    Path table = table(storage, "sleeper");
    Lease.Timing soon = new Lease.Timing(Duration.ofHours(1), Duration.ofMillis(1));
    Lease sleeper = Lease.take(files(storage), table, other("sleeper"), SLOW);
    Thread.sleep(1100); // the store tells times in seconds
    try (Lease next = Lease.take(files(storage), table, other("next"), soon)) {
      assertThat(next.deadRun()).contains("sleeper");
      assertThatThrownBy(sleeper::check)
          .hasMessageContaining(
              "run sleeper was silent for so long that another run has taken over");
      sleeper.close();
      next.check();
    }
    assertThatThrownBy(sleeper::check).isInstanceOf(RunException.class);
  }

  /** A process of this machine that is gone holds nothing; one of another may yet live. */
  @Test
  void theDeadOfThisMachineAreKnown() throws Exception {
    Path table = table("file", "dead");
    Process process = new ProcessBuilder("sleep", "60").start();
    LeaseHolder here = LeaseHolder.thisProcess("killed", Attempt.ONLY);
    LeaseHolder holder =
        new LeaseHolder(
            "killed",
            here.host(),
            here.machine(),
            process.pid(),
            process.info().startInstant().orElseThrow().toString(),
            here.since(),
            "",
            1);
    Lease.take(files("file"), table, holder, SLOW);
    assertThatThrownBy(() -> Lease.take(files("file"), table, "next", Attempt.ONLY))
        .hasMessageContaining("run killed");
    process.destroyForcibly().waitFor();
    try (Lease next = Lease.take(files("file"), table, "next", Attempt.ONLY)) {
      assertThat(next.deadRun()).contains("killed");
    }
  }

  /** YARN starts another driver when one has died, which it knows better than the lease. */
  @ParameterizedTest
  @ValueSource(strings = {"file", "s3a", "hdfs"})
  void theNextAttemptWaitsForTheLastOne(String storage) throws Exception {
    Path table = table(storage, "attempts");
    Lease.Timing soon = new Lease.Timing(Duration.ofHours(1), Duration.ofSeconds(3));
    Lease.take(files(storage), table, attempt("application_1", 1), SLOW);
    assertThatThrownBy(() -> Lease.take(files(storage), table, attempt("application_2", 2), soon))
        .hasMessageContaining("is being written by run application_1 1");
    try (Lease next = Lease.take(files(storage), table, attempt("application_1", 2), soon)) {
      assertThat(next.deadRun()).contains("application_1 1");
    }
  }

  @Test
  void anAttemptThatStillLivesKeepsIts() throws Exception {
    Path table = table("file", "alive");
    Lease.Timing lively = new Lease.Timing(Duration.ofMillis(300), Duration.ofSeconds(3));
    try (Lease first = Lease.take(files("file"), table, attempt("application_1", 1), lively)) {
      assertThatThrownBy(
              () -> Lease.take(files("file"), table, attempt("application_1", 2), lively))
          .hasMessageContaining("is being written by run application_1 1");
      first.check();
    }
  }

  private static LeaseHolder attempt(String application, int number) {
    String now = Instant.now().toString();
    String run = application + " " + number;
    return new LeaseHolder(run, "elsewhere", "elsewhere", 1, "", now, application, number);
  }

  @Test
  void theHolderShowsThatItLives() throws Exception {
    Path table = table("file", "beats");
    Lease.Timing fast = new Lease.Timing(Duration.ofMillis(50), Duration.ofMinutes(2));
    java.nio.file.Path file = directory.resolve("beats/_lease.1");
    try (Lease lease = Lease.take(files("file"), table, other("run"), fast)) {
      FileTime old = FileTime.from(Instant.now().minusSeconds(3600));
      Files.setLastModifiedTime(file, old);
      for (int i = 0; i < 100 && Files.getLastModifiedTime(file).compareTo(old) == 0; i++) {
        Thread.sleep(50);
      }
      assertThat(Files.getLastModifiedTime(file)).isGreaterThan(old);
      assertThatCode(lease::check).doesNotThrowAnyException();
    }
    assertThat(file).doesNotExist();
  }
}
