package org.inceptionspark.job.table;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows that are computed once and read often: persisted by Spark until closed. */
public record PersistedDataset(Dataset<Row> rows, boolean ours) implements AutoCloseable {
  /** If they were persisted already, they stay so after closing. */
  public static PersistedDataset of(Dataset<Row> rows) {
    boolean ours = rows.storageLevel().equals(StorageLevel.NONE());
    return new PersistedDataset(ours ? rows.persist(StorageLevel.MEMORY_AND_DISK()) : rows, ours);
  }

  @Override
  public void close() {
    if (ours) {
      rows.unpersist();
    }
  }
}
