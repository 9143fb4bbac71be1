package org.inceptionspark.search;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.spark.LocalSpark;

/** Labels tables with embeddings that a test makes up. */
public final class EmbeddingTable {
  public static final String MODEL = "model-a";

  private final List<Row> rows = new ArrayList<>();
  private String model = MODEL;
  private String night = "2026-01-01";
  private Instant modified = Instant.parse("2025-12-01T00:00:00Z");

  /** The model of the rows that follow. */
  public EmbeddingTable model(String fingerprint) {
    model = fingerprint;
    return this;
  }

  /** The night of the rows that follow. */
  public EmbeddingTable night(String date) {
    night = date;
    return this;
  }

  /** The time of the objects of the rows that follow. */
  public EmbeddingTable modified(String instant) {
    modified = Instant.parse(instant);
    return this;
  }

  public EmbeddingTable row(String path, float... embedding) {
    Object[] top = {RowFactory.create(1, "label of " + path, 0.5f)};
    return add(path, "sha256 of " + path, embedding, top, null);
  }

  /** An image with the bytes of others. */
  public EmbeddingTable copy(String path, String sha256, float... embedding) {
    return add(path, sha256, embedding, new Object[] {RowFactory.create(1, sha256, 0.5f)}, null);
  }

  public EmbeddingTable failure(String path) {
    return add(path, null, null, null, RowFactory.create("CORRUPT", "broken"));
  }

  /** Rows {@code <prefix>00000} and on, with embeddings that only depend on the seed. */
  public EmbeddingTable random(String prefix, int count, int dimensions, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      row("%s%05d".formatted(prefix, i), vector(random, dimensions));
    }
    return this;
  }

  public static float[] vector(SplittableRandom random, int dimensions) {
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) Math.max(0, random.nextGaussian());
    }
    return vector;
  }

  private EmbeddingTable add(
      String path, String sha256, float[] embedding, Object[] top, Row error) {
    Object time = LocalSpark.time(modified);
    rows.add(
        RowFactory.create(
            path,
            1L,
            time,
            null,
            sha256,
            null,
            null,
            null,
            null,
            embedding,
            top,
            error,
            model,
            LocalSpark.date(night)));
    return this;
  }

  /** The rows so far, as they are in memory. */
  public Dataset<Row> rows() {
    return LocalSpark.session().createDataFrame(rows, new LabelTable(MODEL, List.of()).schema());
  }

  /**
   * Adds the rows so far to the table in a directory, in so many files a night, and forgets them.
   */
  public EmbeddingTable write(Path directory, int files) {
    rows()
        .repartition(files)
        .write()
        .mode("append")
        .partitionBy("run_date")
        .parquet(uri(directory));
    rows.clear();
    return this;
  }

  public static Dataset<Row> read(Path directory) {
    return LocalSpark.session().read().parquet(uri(directory));
  }

  private static String uri(Path directory) {
    return directory.toUri().toString();
  }
}
