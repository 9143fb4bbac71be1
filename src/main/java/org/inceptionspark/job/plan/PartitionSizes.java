package org.inceptionspark.job.plan;

/**
 * Decides where a sequence of objects is cut into partitions. Each takes a fixed share of what
 * remains, so the first are large (few files, few tasks) and the last small: all cores finish
 * together even where some images or machines are slower. The cuts depend only on the sequence and
 * the number of cores, and fall between whole batches where possible: an image in a batch of its
 * own takes half as long again.
 *
 * <p>An object costs its bytes (transfer, decoding) and a constant, the forward pass, that takes as
 * long as decoding about 4 MiB of JPEG.
 */
public final class PartitionSizes {
  static final long OBJECT_COST = 4L << 20;

  /** A lost task loses at most this much work: some minutes of one core. */
  private static final long LARGEST = 2048 * OBJECT_COST;

  /** A batch of photographs of some hundred kilobytes each, exactly. */
  /** Images in a batch. */
  public static final int DEFAULT_BATCH = 8;

  private static final long SMALLEST = (DEFAULT_BATCH + 1) * OBJECT_COST;

  private final int cores;
  private final long smallest;
  private long remaining;
  private long current;
  private int objects;
  private long limit;

  /**
   * @param totalCost of all objects that will come
   */
  PartitionSizes(long totalCost, int cores) {
    this.cores = cores;
    this.remaining = totalCost;
    this.smallest = Math.min(SMALLEST, (totalCost + cores - 1) / cores);
    this.limit = nextLimit();
  }

  static long cost(long objects, long bytes) {
    return objects * OBJECT_COST + bytes;
  }

  /** Whether the next object starts a new partition; to be called once for each, in order. */
  boolean startsPartition(long bytes) {
    long cost = cost(1, bytes);
    boolean starts = objects > 0 && cuts(cost);
    if (starts) {
      remaining -= current;
      current = 0;
      objects = 0;
      limit = nextLimit();
    }
    current += cost;
    objects++;
    return starts;
  }

  /**
   * At the limit, or at the last whole batch before it, assuming that the next images are like the
   * last.
   */
  private boolean cuts(long cost) {
    boolean wholeBatches = objects % DEFAULT_BATCH == 0;
    long batch = current / objects * (DEFAULT_BATCH + 1); // one more: they vary
    return current + cost > limit || wholeBatches && current + batch > limit;
  }

  private long nextLimit() {
    return Math.max(smallest, Math.min(LARGEST, remaining / (2L * cores)));
  }
}
