package org.inceptionspark.job.orc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.TypeDescription;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/** Some columns of an ORC file, row by row; times in milliseconds, as of UTC. */
final class OrcRows implements Iterator<Row> {
  private final String file;
  private final RecordReader reader;
  private final VectorizedRowBatch batch;
  private final int[] columns;
  private int next;

  OrcRows(String file, String[] names, Configuration configuration) throws IOException {
    this.file = file;
    Reader orc =
        OrcFile.createReader(
            new Path(file), OrcFile.readerOptions(configuration).useUTCTimestamp(true));
    TypeDescription schema = orc.getSchema();
    List<String> found =
        schema.getFieldNames().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    columns = new int[names.length];
    boolean[] include = new boolean[schema.getMaximumId() + 1];
    for (int i = 0; i < names.length; i++) {
      columns[i] = found.indexOf(names[i].toLowerCase(Locale.ROOT));
      if (columns[i] < 0) {
        throw new IOException(file + " has no column " + names[i] + ", which other files have");
      }
      include[schema.getChildren().get(columns[i]).getId()] = true;
    }
    include[schema.getId()] = true;
    reader = orc.rows(orc.options().include(include));
    batch = schema.createRowBatch();
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> close());
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == batch.size) {
        next = 0;
        if (!reader.nextBatch(batch)) {
          batch.size = 0;
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(batch.cols[columns[i]], next);
    }
    next++;
    return RowFactory.create(values);
  }

  private static Object value(ColumnVector vector, int row) {
    int at = vector.isRepeating ? 0 : row;
    if (!vector.noNulls && vector.isNull[at]) {
      return null;
    }
    if (vector instanceof BytesColumnVector text) {
      return new String(text.vector[at], text.start[at], text.length[at], UTF_8);
    }
    return vector instanceof TimestampColumnVector times
        ? times.getTime(at)
        : ((LongColumnVector) vector).vector[at];
  }

  private void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }
}
