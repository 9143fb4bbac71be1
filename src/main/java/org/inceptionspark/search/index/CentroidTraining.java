package org.inceptionspark.search.index;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.inceptionspark.embedding.UnitVector;
import org.inceptionspark.fit.KMeans;
import org.inceptionspark.search.scan.EmbeddingScan;
import org.inceptionspark.search.scan.RowReference;

/** Finds the cells of an index by k-means, on a sample that depends only on the paths. */
final class CentroidTraining {
  /** Enough for coarse cells; more makes training slow and cells hardly better. */
  private static final int ROWS_PER_CELL = 32;

  private static final int MOST_ITERATIONS = 8;
  private static final long SEED = 1;
  private static final int HASHES = 1 << 20;

  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType, false)
          .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private CentroidTraining() {}

  /** The number of cells that balances finding the cells with reading them. */
  static int defaultCells(long rows) {
    return (int) Math.max(1, Math.min(1024, Math.round(Math.sqrt(rows) / 2)));
  }

  /**
   * @param rows the rows that will be in the index; at least one
   * @param count of the rows
   */
  static Centroids train(Dataset<Row> rows, long count, int cells) {
    double share = Math.min(1, (double) ROWS_PER_CELL * cells / count);
    Dataset<Row> sample =
        rows.where(
            pmod(xxhash64(col("path")), lit(HASHES)).lt(lit((long) Math.ceil(share * HASHES))));
    JavaRDD<Row> vectors = EmbeddingScan.over(sample, SampleSink::new);
    Dataset<Row> features = rows.sparkSession().createDataFrame(vectors, SCHEMA);
    features.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return Centroids.of(new KMeans(cells, MOST_ITERATIONS, SEED).fit(features));
    } finally {
      features.unpersist();
    }
  }

  /** Directions of embeddings, with their paths. */
  private static final class SampleSink implements EmbeddingScan.Sink<Row> {
    private final List<Row> rows = new ArrayList<>();

    @Override
    public void accept(InternalRow row, float[] values) {
      float[] unit = UnitVector.of(values);
      if (unit != null) {
        rows.add(RowFactory.create(RowReference.of(row).path(), unit));
      }
    }

    @Override
    public Iterator<Row> results() {
      return rows.iterator();
    }
  }
}
