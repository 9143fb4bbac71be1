package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;
import org.inceptionspark.job.transfer.JavaBytes;

/** Passes over the embeddings of a table as plain arrays, without boxing. */
final class Embeddings {
  /** A fixed number on any cluster: it decides the order of sums. */
  private static final int PARTS = 32;

  private Embeddings() {}

  /**
   * Moments of the rows' prelogits, by group. Rows are partitioned by content and sorted, so the
   * sums have one order wherever the rows are stored.
   *
   * @param rows without nulls: column {@code prelogits}, and {@code group}, an int from 0
   * @return the moments of each group, or null for a group without rows
   */
  static List<Moments> moments(Dataset<Row> rows, int groups) {
    JavaRDD<byte[]> parts =
        rows.select(
                col("group"),
                col("prelogits"),
                pmod(xxhash64(col("prelogits")), lit(PARTS)).as("part"))
            .repartition(PARTS, col("part"))
            .sortWithinPartitions("part", "prelogits")
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(new GroupMoments(groups))
            .map(JavaBytes::of)
            .persist(StorageLevel.DISK_ONLY());
    try {
      parts.count(); // all computed at once, then added in order
      List<Moments> all = new ArrayList<>(Collections.nCopies(groups, null));
      parts
          .toLocalIterator()
          .forEachRemaining(part -> Collections.copy(all, merged(all, JavaBytes.value(part))));
      return all;
    } finally {
      parts.unpersist();
    }
  }

  private static List<Moments> merged(List<Moments> ones, List<Moments> others) {
    List<Moments> merged = new ArrayList<>();
    for (int group = 0; group < ones.size(); group++) {
      merged.add(merged(ones.get(group), others.get(group)));
    }
    return merged;
  }

  /** Of both sets; null means empty. */
  static Moments merged(Moments one, Moments other) {
    return one == null ? other : other == null ? one : one.merge(other);
  }

  /** One partition's moments: vectors are collected, and added as a matrix. */
  private static final class GroupMoments
      implements FlatMapFunction<Iterator<InternalRow>, List<Moments>> {
    private static final long serialVersionUID = 1L;
    private static final int ROWS = 256;

    private final int groups;

    GroupMoments(int groups) {
      this.groups = groups;
    }

    @Override
    public Iterator<List<Moments>> call(Iterator<InternalRow> rows) {
      Moments[] moments = new Moments[groups];
      double[][] buffers = new double[groups][];
      int[] filled = new int[groups];
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        int group = row.getInt(0);
        float[] values = row.getArray(1).toFloatArray();
        if (moments[group] == null) {
          moments[group] = new Moments(values.length);
          buffers[group] = new double[ROWS * values.length];
        }
        put(values, buffers[group], filled[group]++, moments[group].width());
        if (filled[group] == ROWS) {
          moments[group].add(buffers[group], ROWS);
          filled[group] = 0;
        }
      }
      for (int group = 0; group < groups; group++) {
        if (filled[group] > 0) {
          moments[group].add(buffers[group], filled[group]);
        }
      }
      List<Moments> all = new ArrayList<>();
      for (Moments each : moments) {
        all.add(each);
      }
      return List.of(all).iterator();
    }

    private static void put(float[] values, double[] buffer, int row, int width) {
      if (values.length != width) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "embeddings of %d and of %d values in one table",
                width,
                values.length));
      }
      for (int i = 0; i < width; i++) {
        buffer[row * width + i] = values[i];
      }
    }
  }
}
