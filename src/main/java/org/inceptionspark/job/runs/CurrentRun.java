package org.inceptionspark.job.runs;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.util.ShutdownHookManager;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.PassedOver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The current run: adds up what it has done and keeps its record up to date. */
public final class CurrentRun {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentRun.class);
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What does not change. */
  public record Facts(
      String model,
      String output,
      LocalDate runDate,
      String applicationId,
      int cores,
      Map<String, String> options) {}

  private final Instant started = Instant.now();
  private final String runId = newId("");
  private final Facts facts;
  private final RunRecords records;
  private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
  private Duration labelling = Duration.ZERO;
  private long listed;
  private long skipped;
  private long reused;
  private long bytes;
  private int commits;
  private String committer;
  private RetriedImages retried = RetriedImages.NONE;
  private final CommitGate gate = new CommitGate();
  private final Interruption interruption = new Interruption(gate, this::recordInterruption);
  private RunStatus status = RunStatus.RUNNING;
  private String failure;
  private PassedOver passedOver = PassedOver.NOTHING;

  public CurrentRun(Facts facts, RunRecords records) {
    this.facts = facts;
    this.records = records;
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, 0L);
    }
  }

  /**
   * An id that sorts by time and is unique.
   *
   * @param kind of work, for people; empty for labelling
   */
  public static String newId(String kind) {
    String random = UUID.randomUUID().toString().substring(0, 8);
    return ID_TIME.format(Instant.now()) + "-" + (kind.isEmpty() ? "" : kind + "-") + random;
  }

  public String id() {
    return runId;
  }

  /** To be passed by each commit. */
  public CommitGate gate() {
    return gate;
  }

  /** The listing is done. */
  public void passedOver(PassedOver names) {
    passedOver = names;
  }

  /** The plan is made; from here on there is a record. */
  public void planned(long objectsListed, long objectsSkipped) throws IOException {
    listed = objectsListed;
    skipped = objectsSkipped;
    RunEvents.started(write(status));
    interruption.watch();
  }

  /** Counts copied rows that are in the table, even if the run has been ended meanwhile. */
  public synchronized void reused(long rows, String committedBy) throws IOException {
    reused += rows;
    commits++;
    committer = committedBy;
    writeCommitted();
  }

  /** Counts computed rows that are in the table, even if the run has been ended meanwhile. */
  public synchronized void committed(OutcomeCounts rows, Duration took, String committedBy)
      throws IOException {
    rows.byOutcome().forEach((outcome, count) -> counts.merge(outcome, count, Long::sum));
    bytes += rows.bytes();
    labelling = labelling.plus(took);
    commits++;
    committer = committedBy;
    // the size of a table as the source is known only now
    listed = Math.max(listed, skipped + reused + images());
    writeCommitted();
  }

  private void writeCommitted() throws IOException {
    RunEvents.committed(write(status));
    gate.leave();
  }

  private long images() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of the images, those that an earlier night could not read. */
  public void retried(RetriedImages soFar) {
    retried = soFar;
  }

  /** The part of a run after it has begun to write. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /**
   * Does it, and records a failure.
   *
   * @throws RunException for any failure; the message is for an operator
   */
  public void recordFailure(Work work) throws IOException {
    try {
      work.run();
    } catch (ConfigurationException e) {
      refused();
      throw e;
    } catch (Throwable e) { // Spark throws undeclared checked exceptions
      RunException failure = isInterrupted() ? interrupted(e) : failure(e);
      failed(failure);
      throw failure;
    } finally {
      gate.leave();
      interruption.awaitRecord();
    }
  }

  private RunException interrupted(Throwable cause) {
    return new RunException("labels into " + facts.output() + ": interrupted", cause);
  }

  private RunException failure(Throwable e) {
    return e instanceof RunException told
        ? told
        : new RunException("labels into " + facts.output() + ": " + StorageFailure.describe(e), e);
  }

  /** Whether a signal is ending the JVM: Spark stops then too, with a misleading message. */
  private boolean isInterrupted() {
    return interruption.happened() || ShutdownHookManager.get().isShutdownInProgress();
  }

  /** Called in a thread of its own, while the JVM ends and Spark with it. */
  private void recordInterruption() {
    failed(interrupted(null));
  }

  /** Everything is committed; a run that was interrupted in its last commit stays so. */
  public synchronized RunRecord done() throws IOException {
    if (status != RunStatus.RUNNING) {
      return write(status);
    }
    RunRecord record = write(RunStatus.DONE);
    status = RunStatus.DONE;
    interruption.close();
    RunEvents.ended(record);
    return record;
  }

  /** For a run without a record. */
  private void refused() {
    interruption.close();
  }

  /**
   * Storage may be what failed: then there is no record, and the first failure is the one reported.
   */
  public synchronized void failed(Exception cause) {
    if (status != RunStatus.RUNNING) {
      return;
    }
    status = RunStatus.FAILED;
    failure = StorageFailure.describe(cause);
    interruption.close();
    RunEvents.ended(record(status));
    try {
      write(status);
    } catch (IOException | RuntimeException e) {
      LOG.warn("no record of the failed run {}: {}", runId, StorageFailure.describe(e));
    }
  }

  private RunRecord write(RunStatus how) throws IOException {
    RunRecord record = record(how);
    try {
      records.write(record);
    } catch (IOException e) {
      throw new RunException(
          "labels into " + facts.output() + ": " + StorageFailure.describe(e), e);
    }
    return record;
  }

  private RunRecord record(RunStatus how) {
    long images = images();
    double labellingSeconds = seconds(labelling);
    return new RunRecord(
        runId,
        how,
        failure,
        facts.runDate().toString(),
        started.toString(),
        seconds(Duration.between(started, Instant.now())),
        labellingSeconds,
        listed,
        skipped,
        reused,
        Math.max(0, listed - skipped - reused - images),
        passedOver,
        images,
        retried.asked(),
        retried.failed(),
        counts,
        bytes,
        labellingSeconds == 0 ? 0 : images / labellingSeconds,
        commits,
        facts.cores(),
        committer,
        facts.model(),
        facts.output(),
        facts.applicationId(),
        facts.options(),
        null);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
