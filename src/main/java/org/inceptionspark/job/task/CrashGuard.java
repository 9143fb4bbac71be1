package org.inceptionspark.job.task;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.job.task.InFlightMarker.Company;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an image that kills the JVM (out of memory where the JVM is set to exit, a crash in a
 * native codec) from failing its task until Spark gives up. Such an image kills at most three JVMs:
 *
 * <ol>
 *   <li>The first attempt of a task takes no precautions, and pays nothing for them. When its JVM
 *       dies, Spark retries the task.
 *   <li>The next attempt writes a marker for each image before it reads it ({@link
 *       InFlightMarkers}). If the JVM dies again, the markers of its tasks stay: these images are
 *       suspects. Most are innocent: they were in the same JVM by chance, or the machine went down.
 *   <li>A task that finds a marker for an image handles it alone: no other task of the JVM decodes
 *       or computes meanwhile, and the marker says so. If the JVM still dies, the image is to
 *       blame. From then on it is not read, and gets a row with the error {@link Outcome#CRASHED}.
 * </ol>
 *
 * Markers outlive the job, so that the next run continues where a failed one stopped; a complete
 * run deletes them. Where driver and executor are one JVM there is no second attempt: then a run
 * after one that died writes markers from the start.
 */
public final class CrashGuard implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CrashGuard.class);

  /** Held shared by tasks of a JVM, and exclusively for a suspect. */
  private static final ReadWriteLock IN_THIS_JVM = new ReentrantReadWriteLock(true);

  /** The markers and how careful to be. */
  public record Policy(InFlightMarkers notes, CrashGuardMode caution) implements Serializable {
    CrashGuard ofThisTask() {
      TaskContext task = TaskContext.get();
      boolean again = task.attemptNumber() > 0 || task.stageAttemptNumber() > 0;
      return new CrashGuard(notes, again ? CrashGuardMode.FROM_THE_START : caution);
    }
  }

  /** What to do with an image. */
  enum Treatment {
    TOGETHER,
    NOTED,
    ALONE,
    REFUSED
  }

  private final InFlightMarkers notes;
  private final CrashGuardMode caution;
  private final List<InFlightMarker> found;
  private final String task = UUID.randomUUID().toString();
  private boolean noted;

  CrashGuard(InFlightMarkers notes, CrashGuardMode caution) {
    this.notes = notes;
    this.caution = caution;
    this.found = caution == CrashGuardMode.OF_RETRIES ? List.of() : read(notes);
  }

  private static List<InFlightMarker> read(InFlightMarkers notes) {
    try {
      return notes.read();
    } catch (IOException e) {
      LOG.warn("notes about suspects cannot be read: {}", StorageFailure.describe(e));
      return List.of();
    }
  }

  Treatment treatment(SourceImage image) {
    List<InFlightMarker> about = found.stream().filter(note -> note.isAbout(image)).toList();
    if (about.stream().anyMatch(note -> note.company() == Company.ALONE)) {
      return Treatment.REFUSED;
    }
    if (!about.isEmpty()) {
      return Treatment.ALONE;
    }
    return caution == CrashGuardMode.FROM_THE_START ? Treatment.NOTED : Treatment.TOGETHER;
  }

  /** Processes images without markers. */
  <T> T together(Supplier<T> work) {
    return locked(IN_THIS_JVM.readLock(), work);
  }

  /** Processes one image, with a marker meanwhile. */
  <T> T noted(SourceImage image, Supplier<T> work) {
    note(image, Company.OTHERS);
    return together(work);
  }

  /** Processes one image while no other task of this JVM processes any. */
  <T> T alone(SourceImage image, Supplier<T> work) {
    return locked(
        IN_THIS_JVM.writeLock(),
        () -> {
          LOG.warn("{} was in hand when a JVM died: looked at alone", image.path());
          note(image, Company.ALONE);
          T result = work.get();
          forget();
          return result;
        });
  }

  private static <T> T locked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** A store that refuses a marker will refuse the table too: that failure is the one to report. */
  private void note(SourceImage image, Company company) {
    try {
      noted = true;
      notes.write(task, InFlightMarker.of(image, company));
    } catch (IOException e) {
      LOG.warn("no note about {}: {}", image.path(), StorageFailure.describe(e));
    }
  }

  private void forget() {
    try {
      notes.delete(task);
      noted = false;
    } catch (IOException e) {
      LOG.warn("a note about a suspect stays: {}", StorageFailure.describe(e));
    }
  }

  /** This task has survived: its marker is deleted. */
  @Override
  public void close() {
    if (noted) {
      forget();
    }
  }
}
