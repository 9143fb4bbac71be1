package org.inceptionspark.nn;

/** The window of a convolution or pool, Slim's {@code kernel_size}: {@code 1x7} is one row high. */
public record KernelSize(int height, int width) {
  public KernelSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("kernel size " + height + "x" + width + " is below 1x1");
    }
  }

  public boolean isPointwise() {
    return height == 1 && width == 1;
  }

  /**
   * Slim's {@code _reduced_kernel_size_for_small_input}: this window, no larger than the map on
   * either axis.
   */
  public KernelSize reducedTo(MapShape map) {
    return new KernelSize(Math.min(height, map.height()), Math.min(width, map.width()));
  }

  @Override
  public String toString() {
    return height + "x" + width;
  }
}
