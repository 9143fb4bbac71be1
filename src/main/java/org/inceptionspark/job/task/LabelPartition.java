package org.inceptionspark.job.task;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.TableCodec;
import org.inceptionspark.labeler.LabelerStream;

/** Labels the images of a partition: reads ahead, runs batches, returns a row for each image. */
final class LabelPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final SharedModel model;
  private final LabelTable table;
  private final ImageReader reader;
  private final Labelling.TaskSettings pace;
  private final TaskCounters counters;
  private final TableCodec codec;

  LabelPartition(
      SharedModel model,
      LabelTable table,
      ImageReader reader,
      Labelling.TaskSettings pace,
      TaskCounters counters,
      TableCodec codec) {
    this.model = model;
    this.table = table;
    this.reader = reader;
    this.pace = pace;
    this.counters = counters;
    this.codec = codec;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    codec.require(); // before the work
    ReadAhead images = new ReadAhead(new SourceImages(rows), reader, pace.readAhead());
    TaskContext task = TaskContext.get();
    task.addTaskCompletionListener((TaskCompletionListener) ended -> images.close());
    if (!images.hasNext()) { // starts reading while the network is built
      return Collections.emptyIterator();
    }
    LabelerStream stream = model.stream(task, pace.batch());
    GuardedStream guarded = new GuardedStream(stream, pace.precautions().ofThisTask());
    task.addTaskCompletionListener((TaskCompletionListener) ended -> guarded.close());
    TaskMeter meter = new TaskMeter(counters, stream.times());
    return new LabelledRowIterator(images, guarded, table, pace.batch(), meter);
  }
}
