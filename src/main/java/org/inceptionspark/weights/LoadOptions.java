package org.inceptionspark.weights;

import java.util.Optional;
import org.inceptionspark.weights.model.LastPool;
import org.inceptionspark.weights.model.MovingAverages;
import org.inceptionspark.weights.model.NetworkVariant;
import org.inceptionspark.weights.model.PoolDivisor;

/**
 * What a user may know better than the weight file says.
 *
 * @param averages which values a training checkpoint gives
 * @param poolDivisor if empty, that of the file's family
 * @param lastPool likewise
 * @param stateDict which of a torch file's dictionaries is the network; if empty, it is found
 */
public record LoadOptions(
    MovingAverages averages,
    Optional<PoolDivisor> poolDivisor,
    Optional<LastPool> lastPool,
    Optional<String> stateDict) {

  /** All as the file tells. */
  public static final LoadOptions DEFAULT = of(MovingAverages.IGNORE);

  public static LoadOptions of(MovingAverages averages) {
    return new LoadOptions(averages, Optional.empty(), Optional.empty(), Optional.empty());
  }

  NetworkVariant applyTo(NetworkVariant traits) {
    return traits.withPools(
        poolDivisor.orElse(traits.poolDivisor()), lastPool.orElse(traits.lastPool()));
  }
}
