package org.inceptionspark.job;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.catalog.LabelsTables;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.storage.RequiredSettings;
import org.inceptionspark.job.table.FileSizes;
import org.inceptionspark.job.table.LabelsTable;

/** Merges the small files of old nights. Rows do not change. */
public final class CompactTable {
  private final SparkSession spark;
  private String name;
  private LocalDate before = LocalDate.now(ZoneOffset.UTC);
  private long fileBytes = FileSizes.DEFAULT_FILE_BYTES;

  private CompactTable(SparkSession spark) {
    this.spark = spark;
  }

  public static CompactTable using(SparkSession session) {
    return new CompactTable(session);
  }

  /** The table: a directory or {@code table:NAME}. Required. */
  public CompactTable table(String table) {
    name = table;
    return this;
  }

  /** Nights before this one are compacted; by default today in UTC. */
  public CompactTable before(LocalDate night) {
    before = night;
    return this;
  }

  /** Wanted size of files; those below half of it are small. */
  public CompactTable fileBytes(long bytes) {
    if (bytes < 1) {
      throw new ConfigurationException("file size must be at least 1, found " + bytes);
    }
    fileBytes = bytes;
    return this;
  }

  /**
   * Runs to the end.
   *
   * @throws ConfigurationException if there is no table
   * @throws IOException if storage or Spark fails, or another run is writing to the table
   */
  public LabelsTable.Compacted execute() throws IOException {
    Objects.requireNonNull(name, "table");
    try (RequiredSettings settings = RequiredSettings.hold(spark)) {
      return LabelsTables.of(spark, name).compact(before, fileBytes);
    }
  }
}
