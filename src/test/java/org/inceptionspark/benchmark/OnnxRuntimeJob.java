package org.inceptionspark.benchmark;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The job that one would write today: Spark's {@code binaryFile} source, one ONNX Runtime session a
 * JVM with a thread for each task, batches of eight, Parquet.
 */
record OnnxRuntimeJob(SparkSession spark, Path model, Path photographs) {
  private static final StructType ROW =
      StructType.fromDDL("path STRING, prelogits ARRAY<FLOAT>, logits ARRAY<FLOAT>");

  /** Seconds for all images. */
  double run(Path output) {
    long start = System.nanoTime();
    spark
        .read()
        .format("binaryFile")
        .load(photographs.toString())
        .select("path", "content")
        .mapPartitions(new Partition(model.toString()), Encoders.row(ROW))
        .write()
        .parquet(output.toString());
    return (System.nanoTime() - start) / 1e9;
  }

  private record Partition(String model) implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> files) throws OrtException {
      OrtSession session = Session.of(model);
      return new Iterator<>() {
        private Iterator<Row> labelled = List.<Row>of().iterator();

        @Override
        public boolean hasNext() {
          return labelled.hasNext() || files.hasNext();
        }

        @Override
        public Row next() {
          if (!labelled.hasNext()) {
            labelled = batch(session, files).iterator();
          }
          return labelled.next();
        }
      };
    }
  }

  private static List<Row> batch(OrtSession session, Iterator<Row> files) {
    List<String> paths = new ArrayList<>();
    FloatBuffer planes = PlainPixels.buffer();
    while (paths.size() < PlainPixels.BATCH && files.hasNext()) {
      Row file = files.next();
      paths.add(file.getString(0));
      PlainPixels.append(file.getAs(1), planes);
    }
    planes.flip();
    long[] shape = {paths.size(), 3, PlainPixels.SIZE, PlainPixels.SIZE};
    try (OnnxTensor input =
            OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), planes, shape);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      float[][] prelogits = rows(result.get(0), paths.size());
      float[][] logits = rows(result.get(1), paths.size());
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < paths.size(); i++) {
        rows.add(RowFactory.create(paths.get(i), prelogits[i], logits[i]));
      }
      return rows;
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[][] rows(Object tensor, int count) {
    FloatBuffer values = ((OnnxTensor) tensor).getFloatBuffer();
    float[][] rows = new float[count][values.remaining() / count];
    for (float[] row : rows) {
      values.get(row);
    }
    return rows;
  }

  /** One session for all tasks of a JVM. */
  private static final class Session {
    private static OrtSession session;
    private static OrtSession.SessionOptions options;

    static synchronized OrtSession of(String model) throws OrtException {
      if (session == null) {
        options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        session = OrtEnvironment.getEnvironment().createSession(model, options);
      }
      return session;
    }
  }
}
