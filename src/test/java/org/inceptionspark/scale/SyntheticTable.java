package org.inceptionspark.scale;

import java.io.Serializable;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.labeler.Sha256;

/**
 * A labels table of {@link SyntheticObjects}, as if a night had labelled the first of them.
 *
 * @param rows how many objects it holds
 * @param unreadableEvery one of so many rows is {@code UNREADABLE}; 0 for none
 * @param model of all rows
 * @param width floats of an embedding, and of logits
 */
record SyntheticTable(
    SyntheticObjects objects, long rows, long unreadableEvery, String model, int width)
    implements Serializable {
  private static final int FLOATS = 11;

  SyntheticTable(SyntheticObjects objects, long rows, long unreadableEvery, String model) {
    this(objects, rows, unreadableEvery, model, FLOATS);
  }

  void write(SparkSession spark, String directory, int files) {
    LabelTable table = new LabelTable(model, List.of());
    SyntheticTable self = this;
    spark
        .range(0, rows, 1, files)
        .map((MapFunction<Long, Row>) i -> self.row(i), Encoders.row(table.schema()))
        .write()
        .partitionBy("run_date")
        .parquet(directory);
  }

  private float[] floats(long i) {
    float[] floats = {i % 7, i % 11, 1, 2, 3, 4, 5, 6, 7, 8, 9}; // as many as there are classes
    if (width == FLOATS) {
      return floats;
    }
    SplittableRandom random = new SplittableRandom(i);
    float[] wide = new float[width];
    for (int j = 0; j < width; j++) {
      wide[j] = (float) random.nextDouble();
    }
    return wide;
  }

  private Row row(long i) {
    boolean failed = unreadableEvery > 0 && i % unreadableEvery == 0;
    byte[] bytes = objects.bytes(i);
    float[] floats = floats(i);
    return RowFactory.create(
        objects.path(i),
        (long) bytes.length,
        new Timestamp(SyntheticObjects.MODIFIED),
        objects.etag(i),
        failed ? null : Sha256.of(bytes),
        failed ? null : "JPEG",
        failed ? null : 500,
        failed ? null : 375,
        failed ? null : floats,
        failed ? null : floats,
        failed ? null : new Object[] {RowFactory.create((int) (i % 11), "label " + i % 11, 0.5f)},
        failed ? RowFactory.create("UNREADABLE", "storage answered 503") : null,
        model,
        Date.valueOf("2026-01-01"));
  }
}
