package org.inceptionspark.learn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.inceptionspark.job.task.SharedModel;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.LabelerStream;

/** Adds an embedding and an error to each row of a partition; one of the two is null. */
final class FeaturizePartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final SharedModel model;
  private final int input;
  private final int batch;

  /**
   * @param input index of the column with the bytes
   */
  FeaturizePartition(SharedModel model, int input, int batch) {
    this.model = model;
    this.input = input;
    this.batch = batch;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return rows.hasNext()
        ? new Featurized(rows, model.stream(TaskContext.get(), batch))
        : Collections.emptyIterator();
  }

  private final class Featurized implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final LabelerStream stream;
    private final Deque<Row> ready = new ArrayDeque<>();

    Featurized(Iterator<Row> rows, LabelerStream stream) {
      this.rows = rows;
      this.stream = stream;
    }

    @Override
    public boolean hasNext() {
      return !ready.isEmpty() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (ready.isEmpty()) {
        featurize();
      }
      return ready.removeFirst();
    }

    private void featurize() {
      List<Row> taken = new ArrayList<>();
      List<byte[]> images = new ArrayList<>();
      while (taken.size() < batch && rows.hasNext()) {
        Row row = rows.next();
        taken.add(row);
        // Null is treated like no bytes at all.
        images.add(row.isNullAt(input) ? new byte[0] : row.<byte[]>getAs(input));
      }
      List<LabelResult> results = stream.label(images);
      for (int i = 0; i < taken.size(); i++) {
        ready.addLast(with(taken.get(i), results.get(i)));
      }
    }
  }

  private static Row with(Row row, LabelResult result) {
    Object[] values = new Object[row.size() + 2];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    if (result.error() == null) {
      values[row.size()] = Vectors.dense(doubles(result.prelogits()));
    } else {
      values[row.size() + 1] = result.error().kind() + ": " + result.error().message();
    }
    return RowFactory.create(values);
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
