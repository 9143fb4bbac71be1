package org.inceptionspark.job.listing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.listing.Lister.Found;

/**
 * Looks up objects by name, several at a time, since each answer takes as long as a page of a
 * listing.
 */
final class LookUpObjects implements MapPartitionsFunction<String, Row> {
  private static final long serialVersionUID = 1L;
  private static final int THREADS = 16;

  /** {@link SourceImage#LISTED} with the time in milliseconds. */
  static final StructType FOUND =
      ListPartition.FOUND
          .add(SourceImage.RANGE, DataTypes.StringType, true)
          .add(SourceImage.FAULT, DataTypes.StringType, true);

  private final Broadcast<SerializableConfiguration> hadoop;

  LookUpObjects(Broadcast<SerializableConfiguration> hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Row> call(Iterator<String> paths) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "look-up");
              thread.setDaemon(true);
              return thread;
            });
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) task -> threads.shutdownNow());
    Deque<Future<Row>> asked = new ArrayDeque<>();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !asked.isEmpty() || paths.hasNext();
      }

      @Override
      public Row next() {
        while (asked.size() < 2 * THREADS && paths.hasNext()) {
          String path = paths.next();
          asked.add(threads.submit(() -> lookUp(path)));
        }
        return await(asked.remove());
      }
    };
  }

  private static Row await(Future<Row> row) {
    try {
      return row.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking objects up", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("looking objects up failed: " + e.getCause(), e.getCause());
    }
  }

  private Row lookUp(String path) {
    try {
      Found found = Lister.of(path, hadoop.value().value()).find(path);
      return RowFactory.create(
          found.path(), found.length(), found.modified(), found.etag(), null, null);
    } catch (IOException | IllegalArgumentException e) {
      return RowFactory.create(
          path, 0L, 0L, null, null, "UNREADABLE: " + StorageFailure.describe(e));
    }
  }
}
