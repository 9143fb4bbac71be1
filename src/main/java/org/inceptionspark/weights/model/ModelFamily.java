package org.inceptionspark.weights.model;

/** Where a model comes from, as far as its tensors show, and how its network differs. */
public enum ModelFamily {
  SLIM("TF-Slim", PoolDivisor.EXISTING, LastPool.AVERAGE, "slim"),
  KERAS("Keras", PoolDivisor.EXISTING, LastPool.AVERAGE, "keras"),
  /** The names of torchvision, which timm shares. */
  TORCH("torchvision or timm", PoolDivisor.WINDOW, LastPool.AVERAGE, "torchvision"),
  /** FID's network: torchvision's names; weights, pools and preprocessing of the graph of 2015. */
  FID("FID", PoolDivisor.EXISTING, LastPool.MAXIMUM, "inception-2015"),
  INCEPTION_2015(
      "Inception of December 2015", PoolDivisor.EXISTING, LastPool.MAXIMUM, "inception-2015");

  private final String title;
  private final PoolDivisor poolDivisor;
  private final LastPool lastPool;
  private final String preprocessing;

  ModelFamily(String title, PoolDivisor poolDivisor, LastPool lastPool, String preprocessing) {
    this.title = title;
    this.poolDivisor = poolDivisor;
    this.lastPool = lastPool;
    this.preprocessing = preprocessing;
  }

  public PoolDivisor poolDivisor() {
    return poolDivisor;
  }

  public LastPool lastPool() {
    return lastPool;
  }

  /** Name of the preprocessing that the family's published models were trained with. */
  public String preprocessing() {
    return preprocessing;
  }

  /** The name users know it by. */
  @Override
  public String toString() {
    return title;
  }
}
