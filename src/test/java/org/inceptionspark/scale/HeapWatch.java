package org.inceptionspark.scale;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import org.apache.spark.SparkEnv;

/**
 * The most that a JVM holds while something runs: its heap after full collections, which a thread
 * asks for again and again. What Spark's memory manager has given to blocks and to sorts and joins
 * is left out: that is bounded, and an executor's, also where tasks run in the driver's JVM.
 */
final class HeapWatch implements AutoCloseable {
  private final Thread thread = new Thread(this::watch, "heap-watch");
  private long most;
  private volatile boolean stopped;

  static HeapWatch begin() {
    HeapWatch heap = new HeapWatch();
    heap.thread.setDaemon(true);
    heap.thread.start();
    return heap;
  }

  private void watch() {
    try {
      while (!stopped) {
        long start = System.nanoTime();
        look();
        Thread.sleep(Math.max(200, 4 * (System.nanoTime() - start) / 1_000_000));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    System.gc();
    var manager = SparkEnv.get().memoryManager();
    long ofTasks = manager.storageMemoryUsed() + manager.executionMemoryUsed();
    most = Math.max(most, afterCollection() - ofTasks);
  }

  /** As the collector found it: a moment later, other threads have filled some more. */
  private static long afterCollection() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  /** To be asked after closing. */
  long bytes() {
    return most;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.interrupt();
    thread.join();
  }
}
