package org.inceptionspark.fit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Lloyd's k-means over vectors of length one. It starts from centres that k-means++ (Arthur and
 * Vassilvitskii, 2007) chooses from a sample: the vectors with the smallest hashes of their paths.
 * The same vectors give the same centres, to the bit, on every machine.
 *
 * @param k centres wanted; there are no more than different vectors
 * @param iterations at most
 * @param seed chooses the sample
 */
public record KMeans(int k, int iterations, long seed) {
  /** Vectors in the sample per centre: a few thousand on the driver at most. */
  private static final int CANDIDATES_PER_CENTRE = 4;

  private static final int LEAST_CANDIDATES = 1_000;

  /**
   * Finds the centres.
   *
   * @param vectors columns {@code path} and {@code vector} (array of float, of length one), at
   *     least one, in any order and any partitions; read once per iteration, so worth caching
   */
  public Centres fit(Dataset<Row> vectors) {
    Centres centres = start(vectors);
    JavaRDD<InternalRow> rows = vectors.select("vector").queryExecution().toRdd().toJavaRDD();
    FixedPoint fixed = FixedPoint.forSums(vectors.count(), 1);
    JavaSparkContext context = new JavaSparkContext(vectors.sparkSession().sparkContext());
    for (int iteration = 0; iteration < iterations; iteration++) {
      Centres next = moved(centres, sums(context, rows, centres, fixed), fixed);
      boolean still = Arrays.equals(next.values(), centres.values());
      centres = next;
      if (still) {
        break;
      }
    }
    return centres;
  }

  private static long[] sums(
      JavaSparkContext context, JavaRDD<InternalRow> rows, Centres centres, FixedPoint fixed) {
    Broadcast<float[]> shared = context.broadcast(centres.values());
    try {
      return rows.mapPartitions(new ClusterSums(shared, centres.size(), fixed))
          .treeReduce(FixedPoint::merge);
    } finally {
      shared.destroy();
    }
  }

  /** Moves each centre to the mean of its vectors; one without any stays. */
  private static Centres moved(Centres centres, long[] sums, FixedPoint fixed) {
    int size = centres.size();
    float[] values = centres.values().clone();
    for (int centre = 0; centre < centres.count(); centre++) {
      long members = sums[centres.count() * size + centre];
      for (int i = 0; i < size && members > 0; i++) {
        values[centre * size + i] = (float) (fixed.value(sums[centre * size + i]) / members);
      }
    }
    return Centres.of(size, values);
  }

  private Centres start(Dataset<Row> vectors) {
    int most = Math.max(LEAST_CANDIDATES, CANDIDATES_PER_CENTRE * k);
    List<Row> candidates =
        vectors
            .orderBy(xxhash64(lit(seed), col("path")), col("path"))
            .limit(most)
            .select("vector")
            .collectAsList();
    float[][] points =
        candidates.stream().map(row -> floats(row.getList(0))).toArray(float[][]::new);
    return new CentreChoice(points, seed).choose(k);
  }

  private static float[] floats(List<Float> boxed) {
    float[] values = new float[boxed.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = boxed.get(i);
    }
    return values;
  }
}
