package org.inceptionspark.job.task;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.inceptionspark.job.failure.ObjectRefusal;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.packed.DamagedException;
import org.inceptionspark.job.runs.Outcome;
import org.inceptionspark.labeler.ImageError;

/**
 * Reads the next images of a task while it computes, and returns them in order. A few daemon
 * threads read; the task's own thread pulls images from the source, and refills the queue each time
 * it takes one.
 */
public final class ReadAhead implements Iterator<ReadImage>, AutoCloseable {
  /**
   * Limits of reading ahead: until either is reached, but always one image.
   *
   * @param largestImage in bytes; larger ones are not read at all
   */
  public record Limits(int images, long bytes, int threads, long largestImage)
      implements java.io.Serializable {
    public static final Limits DEFAULT = new Limits(32, 64L << 20, 4, 128L << 20);
  }

  /** An image of a run; most runs have one image. */
  private record Pending(long bytes, Future<List<ReadImage>> run, int index) {}

  private static final AtomicInteger THREADS = new AtomicInteger();

  private final Iterator<SourceImage> images;
  private final ImageReader reader;
  private final Limits limits;
  private final ExecutorService readers;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private SourceImage next;
  private long pendingBytes;

  ReadAhead(Iterator<SourceImage> images, ImageReader reader, Limits limits) {
    this.images = images;
    this.reader = reader;
    this.limits = limits;
    this.readers = Executors.newFixedThreadPool(limits.threads(), ReadAhead::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "read-ahead-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public boolean hasNext() {
    topUp();
    return !pending.isEmpty();
  }

  @Override
  public ReadImage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Pending first = pending.removeFirst();
    pendingBytes -= first.bytes();
    return await(first.run()).get(first.index());
  }

  /** Images that have been or are being read, and not yet taken. */
  int waiting() {
    return pending.size();
  }

  private void topUp() {
    while (mayAsk()) {
      ImageRun run = nextRun();
      Future<List<ReadImage>> result = readers.submit(() -> read(run));
      for (int i = 0; i < run.images().size(); i++) {
        long bytes = held(run.images().get(i));
        pendingBytes += bytes;
        pending.addLast(new Pending(bytes, result, i));
      }
    }
  }

  private ImageRun nextRun() {
    ImageRun run = ImageRun.of(next);
    next = null;
    while (run.mayGrow() && run.images().size() < limits.images()) {
      if (!images.hasNext()) {
        break;
      }
      SourceImage image = images.next();
      if (isTooLarge(image) || !run.isFollowedBy(image)) {
        next = image;
        break;
      }
      run = run.and(image);
    }
    return run;
  }

  private boolean mayAsk() {
    if (next == null && pending.size() < limits.images() && images.hasNext()) {
      next = images.next();
    }
    return next != null
        && pending.size() < mostWaiting(next)
        && (pending.isEmpty() || pendingBytes + held(next) <= limits.bytes());
  }

  /**
   * A run is requested when there is room for a long one; otherwise each would have a single image.
   */
  private int mostWaiting(SourceImage image) {
    return image.range() == null ? limits.images() : Math.max(1, limits.images() / 2);
  }

  private boolean isTooLarge(SourceImage image) {
    return image.fault() == null && image.length() > limits.largestImage();
  }

  /** Bytes that this image takes in memory. */
  private long held(SourceImage image) {
    return image.fault() != null || isTooLarge(image) ? 0 : image.length();
  }

  /** An image that the run's bytes do not give is requested, and fails, by itself. */
  private List<ReadImage> read(ImageRun run) {
    if (run.images().size() == 1) {
      return List.of(read(run.images().get(0)));
    }
    try {
      byte[] bytes = run.read(reader);
      return run.images().stream().map(image -> read(image, run.reader(bytes))).toList();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return run.images().stream().map(this::read).toList();
    }
  }

  private ReadImage read(SourceImage image) {
    return read(image, reader);
  }

  private ReadImage read(SourceImage image, ImageReader from) {
    if (image.fault() != null) {
      String[] fault = image.fault().split(": ", 2);
      return failed(image, Outcome.valueOf(fault[0]), fault[1]);
    }
    if (isTooLarge(image)) {
      return failed(
          image,
          Outcome.TOO_LARGE,
          image.length() + " bytes, at most " + limits.largestImage() + " are read");
    }
    try {
      return new ReadImage(image, from.read(image), null);
    } catch (IOException | RuntimeException e) {
      return failed(image, outcome(e), StorageFailure.describe(e));
    } catch (OutOfMemoryError e) {
      return failed(image, Outcome.UNREADABLE, "no memory for its " + image.length() + " bytes");
    }
  }

  /** Tests ask too: a store of theirs does not refuse in these ways. */
  static Outcome outcome(Throwable failure) {
    if (failure instanceof DamagedException) {
      return Outcome.CORRUPT;
    }
    return ObjectRefusal.of(failure)
        .map(
            refusal -> refusal == ObjectRefusal.ARCHIVED ? Outcome.ARCHIVED : Outcome.ACCESS_DENIED)
        .orElse(Outcome.UNREADABLE);
  }

  private static ReadImage failed(SourceImage image, Outcome outcome, String message) {
    return new ReadImage(image, null, new ImageError(outcome.name(), message));
  }

  private static List<ReadImage> await(Future<List<ReadImage>> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an image", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading ahead failed: " + e.getCause(), e.getCause());
    }
  }

  /** Stops reading and interrupts requests in progress. */
  @Override
  public void close() {
    readers.shutdownNow();
    pending.clear();
  }
}
