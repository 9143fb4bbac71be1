package org.inceptionspark.job.task;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.TableCodec;

/** Turns images into rows of the table. Holds what all tasks of a run share, until closed. */
public final class Labelling implements AutoCloseable {
  /** How a task processes its images. */
  public record TaskSettings(int batch, ReadAhead.Limits readAhead, CrashGuard.Policy precautions)
      implements Serializable {}

  private final JavaSparkContext context;
  private final SharedModel model;
  private final LabelTable table;
  private final ImageReader reader;
  private final TaskSettings pace;
  private final TaskCounters counters;
  private final ProgressListener listener;

  /**
   * Waits for the model.
   *
   * @param prepared outlives this
   */
  public Labelling(
      JavaSparkContext context,
      PreparedModel prepared,
      ImageReader reader,
      TaskSettings pace,
      Consumer<Progress> progress) {
    this.context = context;
    this.model = prepared.await();
    this.table = new LabelTable(prepared.spec().fingerprint(), prepared.spec().endPoints());
    this.reader = reader;
    this.pace = pace;
    this.counters = TaskCounters.in(context.sc());
    counters.follow();
    this.listener = new ProgressListener(counters, progress);
    context.sc().addSparkListener(listener);
  }

  /** Announces the number of images that will be labelled; without it, progress has no total. */
  public void expect(long images) {
    listener.expect(images);
  }

  /** Rows with the columns of the table's files, one for each image. */
  public Dataset<Row> label(Dataset<Row> images) {
    return images.mapPartitions(
        new LabelPartition(
            model, table, reader, pace, counters, TableCodec.of(images.sparkSession())),
        Encoders.row(table.fileSchema()));
  }

  @Override
  public void close() {
    context.sc().removeSparkListener(listener);
  }
}
