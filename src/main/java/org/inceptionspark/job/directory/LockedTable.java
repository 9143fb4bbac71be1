package org.inceptionspark.job.directory;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.inceptionspark.job.failure.RunException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.plan.NightPlan;
import org.inceptionspark.job.runs.Attempt;
import org.inceptionspark.job.runs.CommitGate;
import org.inceptionspark.job.runs.RunRecord;
import org.inceptionspark.job.runs.RunStatus;
import org.inceptionspark.job.table.LabelsTable;

/**
 * A table that only this run may write to, until closed. Opening it cleans up after a dead run: its
 * record says that it was killed, swaps that it had decided are finished, its temporary files and
 * uploads are deleted.
 *
 * <p>How rows get into a table, so that it is correct whatever dies:
 *
 * <ol>
 *   <li>A run takes the {@link Lease}. From here on, only it writes.
 *   <li>It compares the listing with the rows that are there ({@link NightPlan}). Only the rows
 *       count: no separate record says what is done, so none can be wrong.
 *   <li>It labels one chunk after another. The rows of a chunk are computed, then gathered in a
 *       file of the target size, and the storage's committer makes this file appear: on S3 by
 *       completing its upload, elsewhere by renaming it, after one more look at the lease. Either
 *       is one operation of the storage. A reader sees the whole file or none of it. A chunk that
 *       is larger than a file has several, each of which appears in this way.
 *   <li>It adds the chunk to its record in {@code _runs}, which is for people.
 * </ol>
 *
 * <p>If the run dies before a file has appeared, its images are not in the table, and the next run
 * finds them in its listing; leftover files are hidden from readers, and deleted then. If it dies
 * after, they are in the table, and the next run skips them.
 */
public final class LockedTable implements AutoCloseable {
  private static final Map<Path, LockedTable> OPEN = new ConcurrentHashMap<>();

  private final OutputTable table;
  private final Lease lease;
  private final CommitGate gate;
  private final Path qualified;
  private LabelsTable.Cleaned cleaned;

  private LockedTable(OutputTable table, Lease lease, CommitGate gate) {
    this.table = table;
    this.lease = lease;
    this.gate = gate;
    this.qualified = table.qualified();
  }

  /**
   * @throws RunException if another run has the table, or storage does not let this one
   */
  public static LockedTable open(OutputTable table, String runId) throws IOException {
    return open(table, runId, Attempt.ONLY, new CommitGate());
  }

  /**
   * The same for a driver that may replace a dead one of the same application: it waits until the
   * table is free.
   *
   * @param gate to be passed before each commit
   */
  static LockedTable open(OutputTable table, String runId, Attempt attempt, CommitGate gate)
      throws IOException {
    LockedTable owned;
    try {
      Lease lease = Lease.take(table.smallFiles(), table.path(), runId, attempt);
      owned = new LockedTable(table, lease, gate);
    } catch (IOException e) {
      throw new RunException("labels into " + table.uri() + ": " + StorageFailure.describe(e), e);
    }
    OPEN.put(owned.qualified, owned);
    try {
      owned.putInOrder();
      return owned;
    } catch (IOException | RuntimeException e) {
      owned.close();
      throw e;
    }
  }

  private void putInOrder() throws IOException {
    if (lease.deadRun().isPresent()) {
      Optional<RunRecord> dead = table.records().read(lease.deadRun().get());
      if (dead.isPresent() && dead.get().status() == RunStatus.RUNNING) {
        table.records().write(dead.get().killed());
      }
    }
    int replacements = FileSwap.finishAll(table);
    OrphanCleanup.Cleaned leftovers = OrphanCleanup.clean(table);
    cleaned = new LabelsTable.Cleaned(leftovers.uploads(), leftovers.entries(), replacements);
  }

  /** What was cleaned up when this was opened. */
  public LabelsTable.Cleaned cleaned() {
    return cleaned;
  }

  /**
   * @throws RunException if another run has taken over
   */
  void check() throws IOException {
    lease.check();
  }

  /**
   * Before a commit: checks the lease if this JVM has locked the table; other directories are free.
   *
   * @throws RunException if it is lost, or the JVM is about to end
   */
  static void check(String directory) throws IOException {
    LockedTable owned = OPEN.get(new Path(directory));
    if (owned != null) {
      owned.gate.enter();
      owned.check();
    }
  }

  @Override
  public void close() {
    OPEN.remove(qualified, this);
    lease.close();
  }
}
