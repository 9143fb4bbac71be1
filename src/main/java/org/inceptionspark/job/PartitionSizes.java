package org.inceptionspark.job;

/**
 * Where a sequence of objects is cut into partitions. Each takes a fixed share of what remains, so
 * the first are large (few files, few tasks) and the last small: cores run dry together even where
 * some images or machines are slower. The cuts depend on the sequence and the cores alone.
 *
 * <p>An object costs its bytes (transfer, decoding) and a constant, the forward pass, that takes as
 * long as decoding about 4 MiB of JPEG.
 */
final class PartitionSizes {
  static final long OBJECT_COST = 4L << 20;

  /** A lost task loses at most this much work: some minutes of one core. */
  private static final long LARGEST = 2048 * OBJECT_COST;

  /** A batch of eight photographs. */
  private static final long SMALLEST = 10 * OBJECT_COST;

  private final int cores;
  private final long smallest;
  private long remaining;
  private long current;
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

  /** Whether the next object starts a new partition; to be asked once for each, in order. */
  boolean startsPartition(long bytes) {
    long cost = cost(1, bytes);
    boolean starts = current > 0 && current + cost > limit;
    if (starts) {
      remaining -= current;
      current = 0;
      limit = nextLimit();
    }
    current += cost;
    return starts;
  }

  private long nextLimit() {
    return Math.max(smallest, Math.min(LARGEST, remaining / (2L * cores)));
  }
}
