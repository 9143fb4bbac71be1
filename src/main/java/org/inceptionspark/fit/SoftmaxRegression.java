package org.inceptionspark.fit;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Multinomial logistic regression: minimises the mean of {@code -log softmax(w x + b)[label]} plus
 * half the penalty times the sum of squared weights, each weight multiplied by its feature's
 * standard deviation; biases are not penalised. This is what MLlib's {@code LogisticRegression}
 * minimises with standardisation; unlike MLlib's, the result is the same to the bit on every
 * machine.
 *
 * @param classes labels are 0 to classes - 1
 * @param penalty the weight of the L2 penalty
 * @param iterations of {@link Lbfgs} at most
 */
public record SoftmaxRegression(int classes, double penalty, int iterations) {
  private static final double TOLERANCE = 1e-6;

  /**
   * What was fitted.
   *
   * @param weights {@code classes x features}
   * @param biases one a class, with a mean of zero
   * @param iterations taken
   */
  public record Fitted(double[] weights, double[] biases, int iterations) {}

  /**
   * Fits.
   *
   * @param rows columns {@code features} (array of float, one length) and {@code label} (int), in
   *     any order and any partitions; read once per iteration, so worth caching
   */
  public Fitted fit(Dataset<Row> rows) {
    JavaRDD<InternalRow> examples =
        rows.select(col("features"), col("label").cast("int")).queryExecution().toRdd().toJavaRDD();
    FeatureScales scales = FeatureScales.of(examples);
    JavaSparkContext context = new JavaSparkContext(rows.sparkSession().sparkContext());
    Loss loss = new Loss(context, examples, scales);
    Lbfgs.Minimum minimum =
        new Lbfgs(iterations, TOLERANCE).minimise(loss, new double[classes * (scales.size() + 1)]);
    return fitted(minimum, scales);
  }

  private Fitted fitted(Lbfgs.Minimum minimum, FeatureScales scales) {
    double[] model = unscaled(minimum.point(), scales);
    double[] weights = Arrays.copyOf(model, classes * scales.size());
    double[] biases = Arrays.copyOfRange(model, weights.length, model.length);
    double mean = 0;
    for (double bias : biases) {
      mean += bias / classes;
    }
    for (int k = 0; k < classes; k++) {
      biases[k] -= mean;
    }
    return new Fitted(weights, biases, minimum.iterations());
  }

  /**
   * The optimiser works on features scaled to mean 0 and deviation 1; this converts its weights to
   * the unscaled features.
   */
  private double[] unscaled(double[] point, FeatureScales scales) {
    int size = scales.size();
    double[] model = point.clone();
    for (int k = 0; k < classes; k++) {
      for (int i = 0; i < size; i++) {
        model[k * size + i] *= scales.inverse(i);
        model[classes * size + k] -= model[k * size + i] * scales.means()[i];
      }
    }
    return model;
  }

  private final class Loss implements Lbfgs.Objective {
    private final JavaSparkContext context;
    private final JavaRDD<InternalRow> examples;
    private final FeatureScales scales;
    private final FixedPoint fixed;

    Loss(JavaSparkContext context, JavaRDD<InternalRow> examples, FeatureScales scales) {
      this.context = context;
      this.examples = examples;
      this.scales = scales;
      this.fixed = FixedPoint.forSums(scales.count(), scales.largest());
    }

    @Override
    public double at(double[] point, double[] gradient) {
      Broadcast<double[]> shared = context.broadcast(unscaled(point, scales));
      try {
        long[] sums =
            examples
                .mapPartitions(new SoftmaxGradient(shared, classes, fixed))
                .treeReduce(FixedPoint::merge);
        return penalised(sums, point, gradient);
      } finally {
        shared.destroy();
      }
    }

    private double penalised(long[] sums, double[] point, double[] gradient) {
      int size = scales.size();
      double value = fixed.value(sums[sums.length - 1]) / scales.count();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = fixed.value(sums[i]) / scales.count();
      }
      for (int i = 0; i < classes * size; i++) {
        double centred =
            gradient[i] - scales.means()[i % size] * gradient[classes * size + i / size];
        gradient[i] = centred * scales.inverse(i % size) + penalty * point[i];
        value += penalty / 2 * point[i] * point[i];
      }
      return value;
    }
  }
}
