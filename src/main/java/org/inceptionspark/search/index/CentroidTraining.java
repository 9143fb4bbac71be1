package org.inceptionspark.search.index;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.inceptionspark.search.scan.EmbeddingScan;
import org.inceptionspark.search.vector.UnitVector;

/**
 * Finds the cells of an index with MLlib's KMeans, on a sample that depends on the paths only. It
 * multiplies and adds; of LAPACK, which starts racily, it calls nothing.
 */
final class CentroidTraining {
  /** Enough for coarse cells; more makes training slow and cells hardly better. */
  private static final int ROWS_PER_CELL = 32;

  private static final int MOST_ITERATIONS = 8;
  private static final long SEED = 1;
  private static final int HASHES = 1 << 20;

  private CentroidTraining() {}

  /** As many cells as balance finding the cells with reading them. */
  static int defaultCells(long rows) {
    return (int) Math.max(1, Math.min(1024, Math.round(Math.sqrt(rows) / 2)));
  }

  /**
   * @param rows the rows that will be in the index, not none
   * @param count of the rows
   */
  static Centroids train(Dataset<Row> rows, long count, int cells) {
    double share = Math.min(1, (double) ROWS_PER_CELL * cells / count);
    Dataset<Row> sample =
        rows.where(
            pmod(xxhash64(col("path")), lit(HASHES)).lt(lit((long) Math.ceil(share * HASHES))));
    JavaRDD<Row> vectors =
        EmbeddingScan.over(sample, SampleSink::new).map(vector -> RowFactory.create(vector));
    Dataset<Row> features = rows.sparkSession().createDataFrame(vectors, schema());
    features.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      KMeans training =
          new KMeans().setK(cells).setSeed(SEED).setMaxIter(MOST_ITERATIONS).setInitMode("random");
      return cells(training.fit(features).clusterCenters());
    } finally {
      features.unpersist();
    }
  }

  private static StructType schema() {
    return new StructType(
        new StructField[] {new StructField("features", new VectorUDT(), false, Metadata.empty())});
  }

  private static Centroids cells(Vector[] centers) {
    int size = centers[0].size();
    float[] centroids = new float[centers.length * size];
    for (int cell = 0; cell < centers.length; cell++) {
      for (int i = 0; i < size; i++) {
        centroids[cell * size + i] = (float) centers[cell].apply(i);
      }
    }
    return new Centroids(centers.length, size, centroids);
  }

  private static final class SampleSink implements EmbeddingScan.Sink<Vector> {
    private final List<Vector> vectors = new ArrayList<>();

    @Override
    public void accept(InternalRow row, float[] values) {
      float[] unit = UnitVector.of(values);
      if (unit != null) {
        double[] wide = new double[unit.length];
        for (int i = 0; i < wide.length; i++) {
          wide[i] = unit[i];
        }
        vectors.add(Vectors.dense(wide));
      }
    }

    @Override
    public Iterator<Vector> results() {
      return vectors.iterator();
    }
  }
}
