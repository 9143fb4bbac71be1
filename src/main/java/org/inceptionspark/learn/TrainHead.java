package org.inceptionspark.learn;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.fit.SoftmaxRegression;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;
import org.inceptionspark.weights.ClassifierHead;

/**
 * Fits a multinomial logistic regression to embeddings that a user has labelled, and evaluates it
 * on a part that it was not fitted to.
 */
public final class TrainHead {
  private final Split split;
  private double regularization = 0.001;
  private int maxIterations = 100;

  private TrainHead(Split split) {
    this.split = split;
  }

  /**
   * The result.
   *
   * @param head the new last layer
   * @param trainingImages number of images that it was fitted to
   * @param iterations of the fit
   * @param training results on the images it was fitted to
   * @param validation results on the others
   */
  public record Result(
      ClassifierHead head,
      long trainingImages,
      int iterations,
      ConfusionMatrix training,
      ConfusionMatrix validation) {}

  /**
   * @param split which images are kept for validation
   */
  public static TrainHead with(Split split) {
    return new TrainHead(split);
  }

  /** The weight of the L2 penalty relative to the mean loss, at least 0; by default 0.001. */
  public TrainHead regularization(double weight) {
    if (!(weight >= 0)) {
      throw new ConfigurationException("regularization must be at least 0, found " + weight);
    }
    regularization = weight;
    return this;
  }

  /** Most steps of the fit; by default 100. */
  public TrainHead maxIterations(int steps) {
    if (steps < 1) {
      throw new ConfigurationException("max-iterations must be at least 1, found " + steps);
    }
    maxIterations = steps;
    return this;
  }

  /**
   * Fits and evaluates. The same rows give the same head, to the bit, on every machine.
   *
   * @param rows with columns path, sha256, prelogits and label
   * @param model that gave the prelogits
   * @throws ConfigurationException if there are fewer than two classes, or too few of one
   */
  public Result execute(Dataset<Row> rows, String model) {
    List<String> classes = split.classes(rows);
    int tasks = rows.sparkSession().sparkContext().defaultParallelism();
    Dataset<Row> marked = split.mark(rows).coalesce(tasks).persist();
    try {
      Dataset<Row> training = marked.where("not validation");
      long images = training.count();
      SoftmaxRegression.Fitted fitted = fit(training, classes);
      ClassifierHead head = head(fitted, classes, model);
      return new Result(
          head,
          images,
          fitted.iterations(),
          Evaluate.head(head).execute(training).confusion(),
          Evaluate.head(head).execute(marked.where("validation")).confusion());
    } finally {
      marked.unpersist();
    }
  }

  private SoftmaxRegression.Fitted fit(Dataset<Row> training, List<String> classes) {
    Dataset<Row> examples =
        training.select(
            col("prelogits").as("features"),
            array_position(lit(classes.toArray(String[]::new)), col("label"))
                .minus(lit(1))
                .cast("int")
                .as("label"));
    return new SoftmaxRegression(classes.size(), regularization, maxIterations).fit(examples);
  }

  /** Weights are classes by features; kernels are in by out. */
  private static ClassifierHead head(
      SoftmaxRegression.Fitted fitted, List<String> classes, String model) {
    int features = fitted.weights().length / classes.size();
    float[] weights = new float[fitted.weights().length];
    float[] biases = new float[classes.size()];
    for (int label = 0; label < biases.length; label++) {
      biases[label] = (float) fitted.biases()[label];
      for (int feature = 0; feature < features; feature++) {
        weights[feature * biases.length + label] =
            (float) fitted.weights()[label * features + feature];
      }
    }
    return new ClassifierHead(
        new Tensor(Shape.of(1, 1, features, biases.length), weights),
        new Tensor(Shape.of(biases.length), biases),
        classes,
        model);
  }
}
