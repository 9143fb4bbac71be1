package org.inceptionspark.nn;

import java.util.Map;
import org.inceptionspark.nn.Layer.Convolution;
import org.inceptionspark.tensor.Shape;
import org.inceptionspark.tensor.Tensor;

/**
 * A convolution's numbers with batch norm folded in: {@code y = x * kernel + bias}, where {@code
 * kernel = weights * gamma / sqrt(moving_variance + 0.001)} and {@code bias = beta - moving_mean *
 * gamma / sqrt(moving_variance + 0.001)}. Computed in double and rounded once.
 *
 * @param kernel HWIO
 * @param bias one per output channel
 */
public record FoldedConvolution(Shape shape, float[] kernel, float[] bias) {
  private static final double EPSILON = 0.001;

  /**
   * Folds the variables of one convolution.
   *
   * @throws IllegalArgumentException if one is missing
   */
  public static FoldedConvolution of(Node node, Map<String, Tensor> variables) {
    Normalization normalization = ((Convolution) node.layer()).normalization();
    float[] weights = values(node, "weights", variables);
    Shape shape = Convolutions.kernelShape(node);
    if (normalization == Normalization.BIASES) {
      return new FoldedConvolution(shape, weights, values(node, "biases", variables));
    }
    float[] beta = values(node, "BatchNorm/beta", variables);
    float[] mean = values(node, "BatchNorm/moving_mean", variables);
    double[] scale = inverseDeviations(values(node, "BatchNorm/moving_variance", variables));
    if (normalization == Normalization.BATCH_NORM_WITH_SCALE) {
      float[] gamma = values(node, "BatchNorm/gamma", variables);
      for (int i = 0; i < scale.length; i++) {
        scale[i] *= gamma[i];
      }
    }
    float[] kernel = new float[weights.length];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) (weights[i] * scale[i % scale.length]);
    }
    float[] bias = new float[beta.length];
    for (int i = 0; i < bias.length; i++) {
      bias[i] = (float) (beta[i] - mean[i] * scale[i]);
    }
    return new FoldedConvolution(shape, kernel, bias);
  }

  public int outputs() {
    return bias.length;
  }

  private static double[] inverseDeviations(float[] variance) {
    double[] inverse = new double[variance.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = 1 / Math.sqrt(variance[i] + EPSILON);
    }
    return inverse;
  }

  private static float[] values(Node node, String name, Map<String, Tensor> variables) {
    Tensor tensor = variables.get(node.scope() + "/" + name);
    if (tensor == null) {
      throw new IllegalArgumentException("no variable " + node.scope() + "/" + name);
    }
    return tensor.data();
  }
}
