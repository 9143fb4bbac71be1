package org.inceptionspark.fit;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Mean and deviation of each feature.
 *
 * @param count rows
 * @param largest magnitude of any feature, at least 1
 * @param means of each feature
 * @param deviations the unbiased standard deviation of each feature
 */
record FeatureScales(long count, double largest, double[] means, double[] deviations)
    implements Serializable {
  int size() {
    return deviations.length;
  }

  /** One over the deviation; 0 for a feature that never changes. */
  double inverse(int feature) {
    return deviations[feature] > 0 ? 1 / deviations[feature] : 0;
  }

  /**
   * Two passes: the first finds the range, which determines the precision of the second one's sums.
   */
  static FeatureScales of(JavaRDD<InternalRow> rows) {
    double[] range = rows.mapPartitions(FeatureScales::range).reduce(FeatureScales::widest);
    long count = (long) range[0];
    double largest = Math.max(1, range[1]);
    int size = (int) range[2];
    FixedPoint fixed = FixedPoint.forSums(count, largest * largest);
    long[] sums = rows.mapPartitions(part -> sums(part, size, fixed)).treeReduce(FixedPoint::merge);
    double[] means = new double[size];
    double[] deviations = new double[size];
    for (int i = 0; i < size; i++) {
      double mean = fixed.value(sums[i]) / count;
      means[i] = mean;
      double variance = fixed.value(sums[size + i]) / count - mean * mean;
      double rounding = 8 * (0.5 + Math.abs(mean)) / fixed.unit();
      deviations[i] = variance > rounding ? Math.sqrt(variance * count / (count - 1)) : 0;
    }
    return new FeatureScales(count, largest, means, deviations);
  }

  private static Iterator<double[]> range(Iterator<InternalRow> rows) {
    double[] range = new double[3];
    while (rows.hasNext()) {
      float[] features = rows.next().getArray(0).toFloatArray();
      range[0]++;
      for (float feature : features) {
        range[1] = Math.max(range[1], Math.abs(feature));
      }
      range[2] = features.length;
    }
    return List.of(range).iterator();
  }

  private static double[] widest(double[] one, double[] other) {
    return new double[] {one[0] + other[0], Math.max(one[1], other[1]), Math.max(one[2], other[2])};
  }

  private static Iterator<long[]> sums(Iterator<InternalRow> rows, int size, FixedPoint fixed) {
    long[] sums = new long[2 * size];
    while (rows.hasNext()) {
      float[] features = rows.next().getArray(0).toFloatArray();
      if (features.length != size) {
        throw new IllegalArgumentException(
            "features of " + features.length + " and of " + size + " values in one table");
      }
      fixed.add(sums, 0, 1, features);
      for (int i = 0; i < size; i++) {
        sums[size + i] += fixed.of((double) features[i] * features[i]);
      }
    }
    return List.of(sums).iterator();
  }
}
