package org.inceptionspark.weights.model;

import java.io.Serializable;
import java.util.List;

/**
 * What the network for a model's weights must be like, derived from its variables and the file's
 * kind.
 *
 * @param classes logits; 0 for a model without a classifier
 * @param hiddenUnits sizes of the dense layers before the logits, first to last; usually none
 * @param batchNorm whether convolutions are normalised; if not they have biases
 * @param gamma whether batch normalisation also scales
 * @param auxLogits whether the auxiliary classifier is there
 * @param depthMultiplier TF-Slim's factor on all widths
 * @param minDepth TF-Slim's lower bound of all widths
 * @param poolDivisor what the file's kind implies for the pools in blocks; a user may know better
 * @param lastPool likewise for the pool in the last block
 * @param output how logits become probabilities
 * @param preprocessing name of the default preprocessing
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

  /** With a head of this many classes in place of the model's own. */
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
