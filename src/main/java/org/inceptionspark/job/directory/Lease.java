package org.inceptionspark.job.directory;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.runs.Attempt;
import org.inceptionspark.job.storage.AtomicFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a table, which one run at a time has.
 *
 * <p>Leases are files {@code _lease.N} in the table's directory, and the one with the highest
 * number counts. To take it, a run creates the next number, in which storage lets exactly one
 * succeed ({@link AtomicFiles#create}). The holder rewrites its file every few seconds; a lease
 * whose file is older than a few such heartbeats has expired, and so has one whose process was on
 * this machine and has ended. Others never change an expired lease; they overtake it with a higher
 * number. A holder that was only paused checks before each commit ({@link #check}) and finds that
 * it has lost.
 */
final class Lease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final String PREFIX = "_lease.";
  private static final int TRIES = 3;
  private static final long POLL_MILLIS = 500;

  /**
   * The interval of heartbeats, and the silence after which a holder counts as dead. Clocks of
   * machine and storage may differ by less than the difference of these.
   */
  record Timing(Duration beat, Duration expiry) {
    static final Timing DEFAULT = new Timing(Duration.ofSeconds(15), Duration.ofSeconds(120));

    Instant end(Instant beat) {
      return beat.plus(expiry);
    }
  }

  private final AtomicFiles files;
  private final Path table;
  private final long number;
  private final LeaseHolder holder;
  private final Optional<LeaseHolder> predecessor;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(Lease::daemon);

  private record Found(long number, Instant beat) {}

  private Lease(
      AtomicFiles files,
      Path table,
      long number,
      LeaseHolder holder,
      Optional<LeaseHolder> predecessor) {
    this.files = files;
    this.table = table;
    this.number = number;
    this.holder = holder;
    this.predecessor = predecessor;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lease");
    thread.setDaemon(true);
    return thread;
  }

  static Lease take(AtomicFiles files, Path table, String runId, Attempt attempt)
      throws IOException {
    return take(files, table, LeaseHolder.thisProcess(runId, attempt), Timing.DEFAULT);
  }

  /**
   * @throws RunException if another run has it; the message is for an operator
   */
  static Lease take(AtomicFiles files, Path table, LeaseHolder holder, Timing timing)
      throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<Found> last = last(files, table);
      Optional<LeaseHolder> before = Optional.empty();
      if (last.isPresent()) {
        before = holder(files, file(table, last.get().number()));
        if (before.map(holder::succeeds).orElse(false)) {
          awaitEnd(files, table, last.get(), timing);
        } else {
          requireDead(table, last.get(), before, timing);
        }
      }
      long number = last.map(found -> found.number() + 1).orElse(1L);
      if (files.create(file(table, number), holder.toJson())) {
        Lease lease = new Lease(files, table, number, holder, before);
        lease.deleteUpTo(number - 1);
        lease.keepAlive(timing.beat());
        return lease;
      }
    }
    throw new RunException("table " + table + ": another run has just started on it", null);
  }

  /**
   * Waits for the lease of an earlier attempt of the same application, which the cluster considers
   * dead. If that attempt still shows signs of life, it keeps the lease.
   */
  private static void awaitEnd(AtomicFiles files, Path table, Found found, Timing timing)
      throws IOException {
    Instant end = timing.end(found.beat());
    if (Instant.now().isBefore(end)) {
      LOG.info("table {}: waiting until {} for the lease of the attempt before", table, end);
    }
    while (Instant.now().isBefore(end)) {
      Optional<Found> last = last(files, table);
      Optional<LeaseHolder> before = holder(files, file(table, found.number()));
      if (!last.equals(Optional.of(found)) && last.isPresent()) {
        requireDead(table, last.get(), before, timing);
      }
      if (before.map(LeaseHolder::isKnownDead).orElse(true)) {
        return;
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static void requireDead(
      Path table, Found found, Optional<LeaseHolder> before, Timing timing) throws IOException {
    Instant expiry = timing.end(found.beat());
    if (Instant.now().isBefore(expiry) && !before.map(LeaseHolder::isKnownDead).orElse(false)) {
      String who = before.map(LeaseHolder::runId).orElse("unknown");
      String where = before.map(LeaseHolder::host).orElse("unknown");
      throw new RunException(
          String.format(
              Locale.ROOT,
              "table %s is being written by run %s on %s, last sign of life %s; if it is dead, "
                  + "its lease ends at %s",
              table,
              who,
              where,
              found.beat().truncatedTo(ChronoUnit.SECONDS),
              expiry.truncatedTo(ChronoUnit.SECONDS)),
          null);
    }
  }

  /** The run whose lease had expired when this one was taken. */
  Optional<String> deadRun() {
    return predecessor.map(LeaseHolder::runId);
  }

  /**
   * @throws RunException if another run has taken over; nothing may be committed then
   */
  void check() throws IOException {
    boolean last = last(files, table).map(found -> found.number() == number).orElse(false);
    boolean ours = last && holder(files, file(table, number)).map(holder::equals).orElse(false);
    if (!ours) {
      throw new RunException(
          "table "
              + table
              + ": run "
              + holder.runId()
              + " was silent for so long that another run has taken over; nothing more is written",
          null);
    }
  }

  private void keepAlive(Duration beat) {
    heart.scheduleWithFixedDelay(
        this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A heartbeat that storage refuses is only late; one that finds a successor is the last. */
  private void beat() {
    try {
      check();
      files.replace(file(table, number), holder.toJson());
    } catch (IOException | RuntimeException e) {
      LOG.warn("lease on {}: {}", table, StorageFailure.describe(e));
    }
  }

  /** Releases the lease. If storage refuses, it expires by itself. */
  @Override
  public void close() {
    // A beat that is under way ends by itself: on HDFS one that is interrupted leaves half of a
    // file.
    heart.shutdown();
    try {
      if (!heart.awaitTermination(10, TimeUnit.SECONDS)) {
        heart.shutdownNow();
      }
      check();
      deleteUpTo(number);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("lease on {} was not given back: {}", table, StorageFailure.describe(e));
    }
  }

  private void deleteUpTo(long highest) throws IOException {
    for (Found found : all(files, table)) {
      if (found.number() <= highest) {
        files.delete(file(table, found.number()));
      }
    }
  }

  private static Optional<Found> last(AtomicFiles files, Path table) throws IOException {
    return all(files, table).stream().max(Comparator.comparingLong(Found::number));
  }

  private static List<Found> all(AtomicFiles files, Path table) throws IOException {
    try {
      return Arrays.stream(
              files
                  .fileSystem()
                  .listStatus(table, path -> path.getName().matches("_lease\\.\\d{1,18}")))
          .map(Lease::found)
          .toList();
    } catch (FileNotFoundException noTable) {
      return List.of();
    }
  }

  private static Found found(FileStatus file) {
    return new Found(
        Long.parseLong(file.getPath().getName().substring(PREFIX.length())),
        Instant.ofEpochMilli(file.getModificationTime()));
  }

  private static Optional<LeaseHolder> holder(AtomicFiles files, Path file) throws IOException {
    try {
      return LeaseHolder.ofJson(files.read(file));
    } catch (FileNotFoundException givenBack) {
      return Optional.empty();
    }
  }

  private static Path file(Path table, long number) {
    return new Path(table, PREFIX + number);
  }
}
