package org.inceptionspark.search.scan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.job.table.RowPlace;

/**
 * One distributed pass over the embeddings of a labels table. Spark finds the rows from the other
 * columns, with any filter; each task then reads its rows' embeddings itself.
 */
public final class EmbeddingScan {
  /** Adjacent rows of a file are read by the same task. */
  private static final int ROWS_TOGETHER = 4096;

  private EmbeddingScan() {}

  /** Processes the rows of a task. */
  public interface Sink<T> {
    /**
     * @param row with the columns of {@link RowReference}, valid for this call only
     * @param values the embedding, valid for this call only
     */
    void accept(InternalRow row, float[] values);

    /** The task's result, after its last row. */
    Iterator<T> results();
  }

  /** Creates a sink for each task. */
  public interface SinkFactory<T> extends Serializable {
    Sink<T> create();
  }

  /**
   * Plans the pass; rows without an embedding are left out.
   *
   * @throws ConfigurationException if the rows do not come from Parquet files
   */
  public static <T> JavaRDD<T> over(Dataset<Row> rows, SinkFactory<T> sinks) {
    return scan(references(rows), sinks);
  }

  /** One pass over the rows of {@link SearchedRows#newest}, in this many tasks. */
  public static <T> JavaRDD<T> overReferences(
      Dataset<Row> references, int tasks, SinkFactory<T> sinks) {
    return scan(
        references
            .repartition(tasks, col("file"), expr("position div " + ROWS_TOGETHER))
            .sortWithinPartitions("file", "position"),
        sinks);
  }

  private static <T> JavaRDD<T> scan(Dataset<Row> references, SinkFactory<T> sinks) {
    JavaSparkContext context = new JavaSparkContext(references.sparkSession().sparkContext());
    SerializableConfiguration hadoop =
        new SerializableConfiguration(references.sparkSession().sessionState().newHadoopConf());
    return references
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(new ScanPartition<>(context.broadcast(hadoop), sinks));
  }

  /**
   * The columns of {@link RowReference}, and others.
   *
   * @throws ConfigurationException if the rows do not come from Parquet files
   */
  static Dataset<Row> references(Dataset<Row> rows, Column... more) {
    RowPlace place = RowPlace.required(rows);
    Stream<Column> reference =
        Stream.of(
            place.file().as("file"),
            place.position().as("position"),
            col("path"),
            expr("unix_date(" + LabelTable.RUN_DATE + ")").as(LabelTable.RUN_DATE),
            expr("unix_micros(modified)").as("modified"));
    return rows.select(Stream.concat(reference, Stream.of(more)).toArray(Column[]::new));
  }
}
