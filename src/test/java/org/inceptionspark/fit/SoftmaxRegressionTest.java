package org.inceptionspark.fit;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SoftmaxRegressionTest {
  private static final int FEATURES = 17;
  private static final StructType SCHEMA =
      new StructType()
          .add("features", DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add("label", DataTypes.IntegerType, false);

  /** Three overlapping classes; feature 0 is constant, the others differ widely in scale. */
  private static Dataset<Row> examples(int count) {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(3);
      float[] features = new float[FEATURES];
      features[0] = 0.3f;
      for (int j = 1; j < FEATURES; j++) {
        double shift = j % 3 == label ? 0.7 : 0;
        features[j] = (float) ((random.nextGaussian() + shift) * Math.pow(10, j % 5 - 3) + j);
      }
      rows.add(RowFactory.create(features, label));
    }
    return LocalSpark.session().createDataFrame(rows, SCHEMA);
  }

  @Test
  void findsWhatMllibFinds() {
    Dataset<Row> rows = examples(400);
    for (double penalty : new double[] {0.001, 0.1}) {
      SoftmaxRegression.Fitted fitted = new SoftmaxRegression(3, penalty, 200).fit(rows);
      LogisticRegressionModel judge =
          new LogisticRegression()
              .setFamily("multinomial")
              .setRegParam(penalty)
              .setMaxIter(1000)
              .setTol(1e-12)
              .fit(rows.withColumn("features", functions.array_to_vector(col("features"))));
      for (int k = 0; k < 3; k++) {
        for (int j = 0; j < FEATURES; j++) {
          double scale = Math.pow(10, j == 0 ? 0 : 3 - j % 5); // one over the feature's deviation
          assertThat(fitted.weights()[k * FEATURES + j])
              .as("penalty %s, class %s, feature %s", penalty, k, j)
              .isCloseTo(judge.coefficientMatrix().apply(k, j), within(2e-2 * scale));
        }
      }
      assertThat(loss(rows, fitted, penalty))
          .isLessThan(loss(rows, of(judge), penalty) * (1 + 1e-4));
    }
  }

  private static SoftmaxRegression.Fitted of(LogisticRegressionModel model) {
    double[] weights = new double[3 * FEATURES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = model.coefficientMatrix().apply(i / FEATURES, i % FEATURES);
    }
    return new SoftmaxRegression.Fitted(weights, model.interceptVector().toArray(), 0);
  }

  /** The loss once more, in the plainest way. */
  private static double loss(Dataset<Row> rows, SoftmaxRegression.Fitted fitted, double penalty) {
    List<Row> all = rows.collectAsList();
    double[] sum = new double[FEATURES];
    double[] squares = new double[FEATURES];
    double loss = 0;
    for (Row row : all) {
      double[] margins = new double[3];
      for (int k = 0; k < 3; k++) {
        margins[k] = fitted.biases()[k];
        for (int j = 0; j < FEATURES; j++) {
          double value = row.<Float>getList(0).get(j);
          margins[k] += fitted.weights()[k * FEATURES + j] * value;
          sum[j] += k == 0 ? value : 0;
          squares[j] += k == 0 ? value * value : 0;
        }
      }
      double total = Math.exp(margins[0]) + Math.exp(margins[1]) + Math.exp(margins[2]);
      loss -= (margins[row.getInt(1)] - Math.log(total)) / all.size();
    }
    for (int i = 0; i < 3 * FEATURES; i++) {
      int j = i % FEATURES;
      double mean = sum[j] / all.size();
      double variance = (squares[j] / all.size() - mean * mean) * all.size() / (all.size() - 1);
      loss += penalty / 2 * Math.max(0, variance) * Math.pow(fitted.weights()[i], 2);
    }
    return loss;
  }

  @Test
  void theBitsDoNotDependOnOrderOrPartitions() {
    Dataset<Row> rows = examples(300);
    SoftmaxRegression regression = new SoftmaxRegression(3, 0.01, 30);
    SoftmaxRegression.Fitted one = regression.fit(rows.coalesce(1));
    for (int partitions : new int[] {2, 7, 40}) {
      SoftmaxRegression.Fitted other =
          regression.fit(rows.orderBy("label").repartition(partitions));
      assertThat(other.weights()).containsExactly(one.weights());
      assertThat(other.biases()).containsExactly(one.biases());
    }
  }
}
