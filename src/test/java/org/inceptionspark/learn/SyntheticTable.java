package org.inceptionspark.learn;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.spark.LocalSpark;

/** Labels tables with rows that tests think up. */
public final class SyntheticTable {
  public static final String MODEL = "0123456789abcdef0123456789abcdef";

  private final List<Row> rows = new ArrayList<>();

  /** An image with its embedding, and logits if there are any. */
  public SyntheticTable image(String path, String sha256, float[] prelogits, float[] logits) {
    return image(path, sha256, prelogits, logits, new Row[0], "2026-01-01");
  }

  public SyntheticTable image(
      String path, String sha256, float[] prelogits, float[] logits, Row[] top, String night) {
    rows.add(row(path, sha256, logits, prelogits, top, null, night));
    return this;
  }

  /** An image that could not be labelled. */
  public SyntheticTable failure(String path, String kind) {
    rows.add(row(path, null, null, null, null, RowFactory.create(kind, "said so"), "2026-01-01"));
    return this;
  }

  private static Row row(
      String path,
      String sha256,
      float[] logits,
      float[] prelogits,
      Row[] top,
      Row error,
      String night) {
    return RowFactory.create(
        path,
        1L,
        LocalSpark.time(Instant.parse("2026-01-01T00:00:00Z")),
        null,
        sha256,
        "JPEG",
        1,
        1,
        logits,
        prelogits,
        top,
        error,
        MODEL,
        LocalSpark.date(night));
  }

  public Dataset<Row> table() {
    return LocalSpark.session().createDataFrame(rows, new LabelTable(MODEL, List.of()).schema());
  }

  /** Labels as a user gives them: path, label, path, label, ... */
  public static Dataset<Row> labels(String... pairs) {
    List<Row> labels = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      labels.add(RowFactory.create(pairs[i], pairs[i + 1]));
    }
    return LocalSpark.session()
        .createDataFrame(
            labels,
            new org.apache.spark.sql.types.StructType()
                .add("path", "string")
                .add("label", "string"));
  }
}
