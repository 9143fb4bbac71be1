package org.inceptionspark.job.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.task.CrashGuard.Treatment;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that dies is never closed: its marker stays. */
class CrashGuardTest {
  private static final SourceImage POISON = image("poison", "etag");
  private static final SourceImage OTHER = image("other", "etag");

  @TempDir Path table;

  private InFlightMarkers notes;

  @BeforeEach
  void open() {
    notes =
        new InFlightMarkers(
            table.toUri().toString(),
            new JavaSparkContext(LocalSpark.session().sparkContext())
                .broadcast(new SerializableConfiguration(new Configuration())));
  }

  private static SourceImage image(String name, String etag) {
    return SourceImage.object("s3a://bucket/" + name + ".jpg", 7, "2026-01-31", etag);
  }

  private CrashGuard task(CrashGuardMode caution) {
    return new CrashGuard(notes, caution);
  }

  private List<Path> files() throws IOException {
    Path directory = table.resolve(InFlightMarkers.DIRECTORY);
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void aFirstAttemptPaysNothing() throws IOException {
    try (CrashGuard first = task(CrashGuardMode.OF_RETRIES)) {
      assertThat(first.treatment(POISON)).isEqualTo(Treatment.TOGETHER);
      assertThat(first.<String>together(() -> "done")).isEqualTo("done");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void twoDeathsConvict() {
    CrashGuard second = task(CrashGuardMode.FROM_THE_START);
    assertThat(second.treatment(POISON)).isEqualTo(Treatment.NOTED);
    second.noted(POISON, () -> "dies");

    CrashGuard third = task(CrashGuardMode.FROM_THE_START);
    assertThat(third.treatment(OTHER)).isEqualTo(Treatment.NOTED);
    assertThat(third.treatment(POISON)).isEqualTo(Treatment.ALONE);
    assertThatThrownBy(() -> third.alone(POISON, CrashGuardTest::die)).hasMessage("death");

    assertThat(task(CrashGuardMode.FROM_THE_START).treatment(POISON)).isEqualTo(Treatment.REFUSED);
    assertThat(task(CrashGuardMode.OF_SUSPECTS).treatment(POISON)).isEqualTo(Treatment.REFUSED);
    assertThat(task(CrashGuardMode.OF_SUSPECTS).treatment(OTHER)).isEqualTo(Treatment.TOGETHER);
  }

  private static Object die() {
    throw new IllegalStateException("death");
  }

  @Test
  void whoLivesLeavesNoNote() throws IOException {
    try (CrashGuard second = task(CrashGuardMode.FROM_THE_START)) {
      second.noted(POISON, () -> "lives");
      second.noted(OTHER, () -> "lives");
      assertThat(files()).hasSize(1);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void aSuspectThatLivesAloneIsNotConvicted() {
    task(CrashGuardMode.FROM_THE_START).noted(OTHER, () -> "dies of another");
    CrashGuard third = task(CrashGuardMode.FROM_THE_START);
    assertThat(third.<String>alone(OTHER, () -> "done")).isEqualTo("done");
    assertThat(task(CrashGuardMode.FROM_THE_START).treatment(OTHER)).isEqualTo(Treatment.ALONE);
  }

  @Test
  void anotherVersionIsAnotherImage() {
    task(CrashGuardMode.FROM_THE_START).noted(POISON, () -> "dies");
    assertThat(task(CrashGuardMode.OF_SUSPECTS).treatment(image("poison", "other")))
        .isEqualTo(Treatment.TOGETHER);
  }

  @Test
  void theEndOfARunDeletesAll() throws IOException {
    task(CrashGuardMode.FROM_THE_START).noted(POISON, () -> "dies");
    assertThat(notes.read()).hasSize(1);
    notes.deleteAll();
    assertThat(notes.read()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void filesOfOthersAreNoNotes() throws IOException {
    Path directory = Files.createDirectories(table.resolve(InFlightMarkers.DIRECTORY));
    Files.writeString(directory.resolve("a.json"), "no json");
    Files.writeString(directory.resolve("b.txt"), "{}");
    assertThat(notes.read()).isEmpty();
  }

  /** Whoever works beside a suspect could be the killer. */
  @Test
  void nobodyWorksBesideASuspect() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (CrashGuard suspecting = task(CrashGuardMode.FROM_THE_START);
        CrashGuard other = task(CrashGuardMode.OF_RETRIES)) {
      Future<String> alone =
          threads.submit(
              () ->
                  suspecting.alone(
                      POISON,
                      () -> {
                        working.countDown();
                        await(end);
                        return "alone";
                      }));
      working.await();
      Future<String> beside = threads.submit(() -> other.together(() -> "beside"));
      assertThatThrownBy(() -> beside.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      end.countDown();
      assertThat(alone.get()).isEqualTo("alone");
      assertThat(beside.get()).isEqualTo("beside");
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
