package org.inceptionspark.weights;

/**
 * Where a model comes from, as far as it shows in its tensors, and what the network must then do
 * differently.
 */
public enum ModelFamily {
  SLIM("TF-Slim", PoolDivisor.EXISTING, LastPool.AVERAGE),
  KERAS("Keras", PoolDivisor.EXISTING, LastPool.AVERAGE),
  /** The names of torchvision, which timm shares. */
  TORCH("torchvision or timm", PoolDivisor.WINDOW, LastPool.AVERAGE),
  /** FID's network: torchvision's names, the weights and pools of the graph of 2015. */
  FID("FID", PoolDivisor.EXISTING, LastPool.MAXIMUM),
  INCEPTION_2015("Inception of December 2015", PoolDivisor.EXISTING, LastPool.MAXIMUM);

  private final String title;
  private final PoolDivisor poolDivisor;
  private final LastPool lastPool;

  ModelFamily(String title, PoolDivisor poolDivisor, LastPool lastPool) {
    this.title = title;
    this.poolDivisor = poolDivisor;
    this.lastPool = lastPool;
  }

  public PoolDivisor poolDivisor() {
    return poolDivisor;
  }

  public LastPool lastPool() {
    return lastPool;
  }

  /** The name users know it by. */
  @Override
  public String toString() {
    return title;
  }
}
