package org.inceptionspark.inception;

import java.io.Serializable;
import java.util.List;
import org.inceptionspark.nn.Layer.Divisor;
import org.inceptionspark.nn.Normalization;

/**
 * The arguments of Slim's {@code inception_v3} that matter for inference, with Slim's defaults, and
 * what differs in networks of other origin.
 *
 * @param numClasses width of the logits; 0 is Slim's feature mode, which ends at the pooled map
 * @param hiddenUnits widths of the dense ReLU layers before the logits that some fine-tuned heads
 *     have
 * @param depthMultiplier factor on the channels of every convolution, above 0
 * @param minDepth the fewest channels a convolution may have; always applies, although Slim's
 *     documentation restricts it to multipliers below 1
 * @param createAuxLogits whether the auxiliary head is built
 * @param spatialSqueeze whether logits lose their height and width of 1
 * @param globalPool whether the last pool is the mean of the whole map, of any size
 * @param normalization what is between a convolution and its ReLU
 * @param divisor what the average pools of the blocks divide by at borders
 * @param lastPool the pool of Mixed_7c's Branch_3
 */
public record InceptionV3Options(
    int numClasses,
    List<Integer> hiddenUnits,
    double depthMultiplier,
    int minDepth,
    boolean createAuxLogits,
    boolean spatialSqueeze,
    boolean globalPool,
    Normalization normalization,
    Divisor divisor,
    LastPool lastPool)
    implements Serializable {

  /** The pool in the last block: a maximum pool in the graph of 2015. */
  public enum LastPool {
    AVERAGE,
    MAXIMUM
  }

  public InceptionV3Options {
    hiddenUnits = List.copyOf(hiddenUnits);
    require(numClasses >= 0, "num_classes must be at least 0 (0: features only)", numClasses);
    require(minDepth >= 1, "min_depth must be at least 1", minDepth);
    // Slim's own words; NaN, which Slim's test lets through, fails the comparison here.
    require(depthMultiplier > 0, "depth_multiplier is not greater than zero", depthMultiplier);
    require(
        2048 * depthMultiplier < Integer.MAX_VALUE,
        "depth_multiplier is too large",
        depthMultiplier);
    for (int units : hiddenUnits) {
      require(units >= 1, "a hidden layer must have at least 1 unit", units);
    }
  }

  /** Slim's defaults for this many classes. */
  public static InceptionV3Options of(int numClasses) {
    return new Builder(numClasses).build();
  }

  /** A builder that starts from Slim's defaults for this many classes. */
  public static Builder builder(int numClasses) {
    return new Builder(numClasses);
  }

  /** Slim's depth rule for one convolution: the product is truncated, not rounded. */
  public int depth(int channels) {
    return Math.max((int) (channels * depthMultiplier), minDepth);
  }

  private static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": found " + found);
    }
  }

  /** Slim's keyword arguments: those that are not given keep their defaults. */
  public static final class Builder {
    private final int numClasses;
    private List<Integer> hiddenUnits = List.of();
    private double depthMultiplier = 1.0;
    private int minDepth = 16;
    private boolean createAuxLogits = true;
    private boolean spatialSqueeze = true;
    private boolean globalPool;
    private Normalization normalization = Normalization.BATCH_NORM;
    private Divisor divisor = Divisor.EXISTING;
    private LastPool lastPool = LastPool.AVERAGE;

    private Builder(int numClasses) {
      this.numClasses = numClasses;
    }

    public Builder hiddenUnits(List<Integer> units) {
      hiddenUnits = units;
      return this;
    }

    public Builder depthMultiplier(double multiplier) {
      depthMultiplier = multiplier;
      return this;
    }

    public Builder minDepth(int channels) {
      minDepth = channels;
      return this;
    }

    public Builder withoutAuxLogits() {
      createAuxLogits = false;
      return this;
    }

    public Builder withoutSpatialSqueeze() {
      spatialSqueeze = false;
      return this;
    }

    public Builder globalPool() {
      globalPool = true;
      return this;
    }

    public Builder normalization(Normalization kind) {
      normalization = kind;
      return this;
    }

    public Builder divisor(Divisor kind) {
      divisor = kind;
      return this;
    }

    public Builder lastPool(LastPool kind) {
      lastPool = kind;
      return this;
    }

    /**
     * @throws IllegalArgumentException if an option is out of its range, naming it and the value
     */
    public InceptionV3Options build() {
      return new InceptionV3Options(
          numClasses,
          hiddenUnits,
          depthMultiplier,
          minDepth,
          createAuxLogits,
          spatialSqueeze,
          globalPool,
          normalization,
          divisor,
          lastPool);
    }
  }
}
