package org.inceptionspark.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.LabelerStream;

/** Takes images in batches and gives their rows, as many and in the same order. */
final class LabelledRows implements Iterator<Row> {
  private final Iterator<ReadImage> images;
  private final LabelerStream stream;
  private final LabelTable table;
  private final int batch;
  private final TaskCounters counters;
  private final Deque<Row> rows = new ArrayDeque<>();

  LabelledRows(
      Iterator<ReadImage> images,
      LabelerStream stream,
      LabelTable table,
      int batch,
      TaskCounters counters) {
    this.images = images;
    this.stream = stream;
    this.table = table;
    this.batch = batch;
    this.counters = counters;
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
    List<ReadImage> taken = new ArrayList<>(batch);
    taken.add(images.next());
    while (taken.size() < batch && images.hasNext()) {
      taken.add(images.next());
    }
    return taken;
  }

  private void label(List<ReadImage> taken) {
    List<byte[]> contents =
        taken.stream().filter(image -> image.error() == null).map(ReadImage::bytes).toList();
    Iterator<LabelResult> results = stream.label(contents).iterator();
    for (ReadImage image : taken) {
      if (image.error() == null) {
        LabelResult result = results.next();
        rows.addLast(table.toRow(image.source(), result));
        counters.count(result.error());
      } else {
        rows.addLast(table.toRow(image.source(), image.error()));
        counters.count(image.error());
      }
    }
  }
}
