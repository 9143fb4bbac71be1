package org.inceptionspark.fit;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * One partition's part of the gradient and the loss of softmax regression, in fixed point: {@code
 * classes x features} weights, {@code classes} biases, then the loss.
 */
final class SoftmaxGradient implements FlatMapFunction<Iterator<InternalRow>, long[]> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<double[]> model;
  private final int classes;
  private final FixedPoint fixed;

  /**
   * @param model weights of {@code classes x features}, then the biases
   */
  SoftmaxGradient(Broadcast<double[]> model, int classes, FixedPoint fixed) {
    this.model = model;
    this.classes = classes;
    this.fixed = fixed;
  }

  @Override
  public Iterator<long[]> call(Iterator<InternalRow> rows) {
    double[] point = model.value();
    int size = point.length / classes - 1;
    long[] sums = new long[point.length + 1];
    double[] shares = new double[classes];
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      float[] features = row.getArray(0).toFloatArray();
      int label = row.getInt(1);
      double logLikelihood = shares(point, size, features, shares, label);
      sums[sums.length - 1] += fixed.of(-logLikelihood);
      for (int k = 0; k < classes; k++) {
        double residual = shares[k] - (k == label ? 1 : 0);
        fixed.add(sums, k * size, residual, features);
        sums[classes * size + k] += fixed.of(residual);
      }
    }
    return List.of(sums).iterator();
  }

  /**
   * Softmax of the margins, by StrictMath: Math's exp and log may differ between processors.
   *
   * @return the logarithm of the label's probability
   */
  private double shares(double[] point, int size, float[] features, double[] shares, int label) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      shares[k] = point[classes * size + k] + dot(point, k * size, features);
      most = Math.max(most, shares[k]);
    }
    double margin = shares[label] - most;
    double total = 0;
    for (int k = 0; k < classes; k++) {
      shares[k] = StrictMath.exp(shares[k] - most);
      total += shares[k];
    }
    for (int k = 0; k < classes; k++) {
      shares[k] /= total;
    }
    return margin - StrictMath.log(total);
  }

  /** Four partial sums in a fixed pattern: a single one would be limited by latency. */
  private static double dot(double[] weights, int offset, float[] features) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= features.length; i += 4) {
      a += weights[offset + i] * features[i];
      b += weights[offset + i + 1] * features[i + 1];
      c += weights[offset + i + 2] * features[i + 2];
      d += weights[offset + i + 3] * features[i + 3];
    }
    for (; i < features.length; i++) {
      a += weights[offset + i] * features[i];
    }
    return (a + b) + (c + d);
  }
}
