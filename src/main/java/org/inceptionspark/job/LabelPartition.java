package org.inceptionspark.job;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** Labels the images of a partition: reads ahead, runs batches, gives a row for each image. */
final class LabelPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final SharedModel model;
  private final LabelTable table;
  private final ImageReader reader;
  private final ReadAhead.Limits limits;
  private final int batch;
  private final TaskCounters counters;

  LabelPartition(
      SharedModel model,
      LabelTable table,
      ImageReader reader,
      ReadAhead.Limits limits,
      int batch,
      TaskCounters counters) {
    this.model = model;
    this.table = table;
    this.reader = reader;
    this.limits = limits;
    this.batch = batch;
    this.counters = counters;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ReadAhead images = new ReadAhead(new SourceImages(rows), reader, limits);
    TaskContext task = TaskContext.get();
    task.addTaskCompletionListener((TaskCompletionListener) ended -> images.close());
    if (!images.hasNext()) { // this starts reading, while the network is built
      return Collections.emptyIterator();
    }
    return new LabelledRows(images, model.streams().take(task, batch), table, batch, counters);
  }
}
