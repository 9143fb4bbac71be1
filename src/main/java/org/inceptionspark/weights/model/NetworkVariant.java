package org.inceptionspark.weights.model;

import java.io.Serializable;
import java.util.List;

/**
 * What the network must be like to run a model's weights, read off its variables and the file's
 * kind.
 *
 * @param classes logits; 0 for a model without a classifier
 * @param hiddenUnits sizes of the dense layers before the logits, first to last; mostly none
 * @param batchNorm whether convolutions are normalised; if not they have biases
 * @param gamma whether batch normalisation also scales
 * @param auxLogits whether the auxiliary classifier is there
 * @param depthMultiplier TF-Slim's factor on all widths
 * @param minDepth TF-Slim's lower bound of all widths
 * @param poolDivisor what the file's kind says of the pools in blocks; a user may know better
 * @param lastPool likewise of the pool in the last block
 * @param output how logits become probabilities
 * @param preprocessing name of the default way from pixels to input
 */
public record NetworkVariant(
    ModelFamily family,
    int classes,
    List<Integer> hiddenUnits,
    boolean batchNorm,
    boolean gamma,
    boolean auxLogits,
    double depthMultiplier,
    int minDepth,
    PoolDivisor poolDivisor,
    LastPool lastPool,
    OutputActivation output,
    String preprocessing)
    implements Serializable {

  public NetworkVariant {
    hiddenUnits = List.copyOf(hiddenUnits);
  }

  public NetworkVariant withPools(PoolDivisor divisor, LastPool pool) {
    return new NetworkVariant(
        family,
        classes,
        hiddenUnits,
        batchNorm,
        gamma,
        auxLogits,
        depthMultiplier,
        minDepth,
        divisor,
        pool,
        output,
        preprocessing);
  }

  /** With a head of so many classes in place of the model's own. */
  public NetworkVariant withHead(int headClasses) {
    return new NetworkVariant(
        family,
        headClasses,
        List.of(),
        batchNorm,
        gamma,
        false,
        depthMultiplier,
        minDepth,
        poolDivisor,
        lastPool,
        OutputActivation.SOFTMAX,
        preprocessing);
  }
}
