package org.inceptionspark.labeler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inceptionspark.tensor.Tensor;

/**
 * A logit as a linear function of PreLogits, valid around one image: {@code logit = weights *
 * prelogits + bias}. A ReLU passes the gradient of the units that the image activates.
 *
 * @param weights one per channel of PreLogits
 */
record HeadGradient(double[] weights, double bias) {
  private static final String SCOPE = "InceptionV3/Logits/";

  /**
   * @param variables of the model, by Slim's names; kernels are [1, 1, in, out]
   * @param hidden number of dense layers before the logits
   */
  static HeadGradient of(Map<String, Tensor> variables, int hidden, float[] prelogits, int index) {
    double[] values = new double[prelogits.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = prelogits[i];
    }
    List<double[]> activations = new ArrayList<>();
    for (int layer = 1; layer <= hidden; layer++) {
      values = dense(variables, "Dense_" + layer, values);
      activations.add(values);
    }
    float[] last = kernel(variables, "Conv2d_1c_1x1");
    float[] biases = biases(variables, "Conv2d_1c_1x1");
    double[] gradient = new double[values.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = last[i * biases.length + index];
    }
    double bias = biases[index];
    for (int layer = hidden; layer >= 1; layer--) {
      bias +=
          throughRelu(gradient, activations.get(layer - 1), biases(variables, "Dense_" + layer));
      gradient = back(kernel(variables, "Dense_" + layer), gradient);
    }
    return new HeadGradient(gradient, bias);
  }

  private static double[] dense(Map<String, Tensor> variables, String layer, double[] input) {
    float[] kernel = kernel(variables, layer);
    float[] biases = biases(variables, layer);
    double[] output = new double[biases.length];
    for (int out = 0; out < output.length; out++) {
      double sum = biases[out];
      for (int in = 0; in < input.length; in++) {
        sum += input[in] * kernel[in * output.length + out];
      }
      output[out] = Math.max(0, sum);
    }
    return output;
  }

  /** Stops the gradient at inactive units; returns what the biases of the others add. */
  private static double throughRelu(double[] gradient, double[] activation, float[] biases) {
    double added = 0;
    for (int i = 0; i < gradient.length; i++) {
      if (activation[i] <= 0) {
        gradient[i] = 0;
      }
      added += gradient[i] * biases[i];
    }
    return added;
  }

  private static double[] back(float[] kernel, double[] gradient) {
    double[] before = new double[kernel.length / gradient.length];
    for (int in = 0; in < before.length; in++) {
      for (int out = 0; out < gradient.length; out++) {
        before[in] += kernel[in * gradient.length + out] * gradient[out];
      }
    }
    return before;
  }

  private static float[] kernel(Map<String, Tensor> variables, String layer) {
    return variables.get(SCOPE + layer + "/weights").data();
  }

  private static float[] biases(Map<String, Tensor> variables, String layer) {
    return variables.get(SCOPE + layer + "/biases").data();
  }

  /**
   * What each place adds to the logit, of the map whose mean is PreLogits.
   *
   * @param features row by row, {@code weights.length} channels per place
   */
  float[] contributions(float[] features) {
    int places = features.length / weights.length;
    float[] contributions = new float[places];
    for (int place = 0; place < places; place++) {
      double sum = 0;
      for (int channel = 0; channel < weights.length; channel++) {
        sum += weights[channel] * features[place * weights.length + channel];
      }
      contributions[place] = (float) (sum / places);
    }
    return contributions;
  }
}
