package org.inceptionspark.fit;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Sums of one partition's vectors by nearest centre, in fixed point: {@code count x size} sums,
 * then the number of vectors of each centre.
 */
final class ClusterSums implements FlatMapFunction<Iterator<InternalRow>, long[]> {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 64;

  private final Broadcast<float[]> values;
  private final int size;
  private final FixedPoint fixed;

  ClusterSums(Broadcast<float[]> values, int size, FixedPoint fixed) {
    this.values = values;
    this.size = size;
    this.fixed = fixed;
  }

  @Override
  public Iterator<long[]> call(Iterator<InternalRow> rows) {
    Centres centres = Centres.of(size, values.value());
    long[] sums = new long[centres.count() * (size + 1)];
    float[][] vectors = new float[BLOCK][];
    float[] block = new float[BLOCK * size];
    while (rows.hasNext()) {
      int filled = 0;
      for (; filled < BLOCK && rows.hasNext(); filled++) {
        vectors[filled] = rows.next().getArray(0).toFloatArray();
        System.arraycopy(vectors[filled], 0, block, filled * size, size);
      }
      int[] nearest = centres.nearest(block, filled);
      for (int row = 0; row < filled; row++) {
        fixed.add(sums, nearest[row] * size, 1, vectors[row]);
        sums[centres.count() * size + nearest[row]]++;
      }
    }
    return List.of(sums).iterator();
  }
}
