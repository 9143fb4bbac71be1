package org.inceptionspark.search.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;

/** Reads the embeddings of a partition's rows, a row group at a time, and passes both to a sink. */
final class ScanPartition<T> implements FlatMapFunction<Iterator<InternalRow>, T> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final EmbeddingScan.SinkFactory<T> sinks;

  ScanPartition(Broadcast<SerializableConfiguration> hadoop, EmbeddingScan.SinkFactory<T> sinks) {
    this.hadoop = hadoop;
    this.sinks = sinks;
  }

  @Override
  public Iterator<T> call(Iterator<InternalRow> rows) throws IOException {
    EmbeddingScan.Sink<T> sink = sinks.create();
    try (Batch batch = new Batch(hadoop.value().value(), sink)) {
      while (rows.hasNext()) {
        batch.add(rows.next());
      }
      batch.flush();
    }
    return sink.results();
  }

  /** Rows of one row group, in the order of the file. */
  private static final class Batch implements AutoCloseable {
    private final Configuration hadoop;
    private final EmbeddingScan.Sink<?> sink;
    private final List<InternalRow> rows = new ArrayList<>();
    private String uri;
    private EmbeddingFile file;
    private long last;
    private long end;

    Batch(Configuration hadoop, EmbeddingScan.Sink<?> sink) {
      this.hadoop = hadoop;
      this.sink = sink;
    }

    void add(InternalRow row) throws IOException {
      String rowFile = row.getUTF8String(0).toString();
      long position = row.getLong(1);
      if (!rowFile.equals(uri)) {
        flush();
        open(rowFile);
      }
      if (rows.isEmpty() || position >= end || position <= last) {
        flush();
        end = file.groupEnd(position);
      }
      last = position;
      rows.add(row.copy());
    }

    private void open(String rowFile) throws IOException {
      close();
      file = EmbeddingFile.open(rowFile, hadoop);
      uri = rowFile;
    }

    void flush() throws IOException {
      if (rows.isEmpty()) {
        return;
      }
      long[] positions = rows.stream().mapToLong(row -> row.getLong(1)).toArray();
      file.read(
          positions,
          (index, values) -> {
            if (values != null) {
              sink.accept(rows.get(index), values);
            }
          });
      rows.clear();
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }
}
