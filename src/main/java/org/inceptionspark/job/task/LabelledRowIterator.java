package org.inceptionspark.job.task;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.labeler.LabelResult;

/** Labels images in batches and returns their rows, one per image, in order. */
final class LabelledRowIterator implements Iterator<Row> {
  private final Iterator<ReadImage> images;
  private final GuardedStream stream;
  private final LabelTable table;
  private final int batch;
  private final TaskMeter meter;
  private final Deque<Row> rows = new ArrayDeque<>();

  LabelledRowIterator(
      Iterator<ReadImage> images,
      GuardedStream stream,
      LabelTable table,
      int batch,
      TaskMeter meter) {
    this.images = images;
    this.stream = stream;
    this.table = table;
    this.batch = batch;
    this.meter = meter;
  }

  @Override
  public boolean hasNext() {
    return !rows.isEmpty() || images.hasNext();
  }

  @Override
  public Row next() {
    if (rows.isEmpty()) {
      label(nextBatch());
    }
    return rows.removeFirst();
  }

  private List<ReadImage> nextBatch() {
    long start = System.nanoTime();
    List<ReadImage> taken = new ArrayList<>(batch);
    taken.add(images.next());
    while (taken.size() < batch && images.hasNext()) {
      taken.add(images.next());
    }
    meter.waited(System.nanoTime() - start);
    return taken;
  }

  private void label(List<ReadImage> taken) {
    Iterator<LabelResult> results = stream.label(taken).iterator();
    for (ReadImage image : taken) {
      LabelResult result = results.next();
      rows.addLast(table.toRow(image.source(), result));
      meter.count(image.source(), result.error());
    }
    meter.worked(stream.stream().times());
  }
}
