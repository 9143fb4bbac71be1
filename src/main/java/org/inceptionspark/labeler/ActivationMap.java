package org.inceptionspark.labeler;

/**
 * What each place of the last feature map adds to one logit. The logit is the sum over all places
 * plus the bias.
 *
 * @param rows of the feature map
 * @param columns of the feature map
 * @param contributions row by row, in units of the logit
 * @param bias what the logit is without any features
 * @param head whether the head is linear for all images or only around this one
 */
public record ActivationMap(int rows, int columns, float[] contributions, double bias, Head head) {

  /** What follows the average pool. */
  public enum Head {
    /** One linear layer: the map is the class activation map of Zhou et al., 2016. */
    LINEAR,
    /**
     * Dense layers with ReLU, linear as long as the same units are active: the contributions are
     * gradient times input through the units that this image activates, which is exact for it.
     */
    PIECEWISE_LINEAR
  }

  /** The logit: the sum of the contributions and the bias. */
  public double logit() {
    double sum = bias;
    for (float contribution : contributions) {
      sum += contribution;
    }
    return sum;
  }
}
