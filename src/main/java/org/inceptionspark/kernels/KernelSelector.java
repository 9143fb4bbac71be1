package org.inceptionspark.kernels;

import java.util.Optional;
import java.util.logging.Logger;

/**
 * Chooses the implementation, once per JVM for {@link KernelChoice#AUTO}, and logs it in one line.
 */
public final class KernelSelector {
  private static final Logger LOG = Logger.getLogger(KernelSelector.class.getName());

  private KernelSelector() {}

  /**
   * @throws IllegalStateException if vectors are demanded of a JVM that has none
   */
  public static Kernels select(KernelChoice choice) {
    return switch (choice) {
      case AUTO -> Automatic.KERNELS;
      case SCALAR -> new ScalarKernels();
      case VECTOR -> {
        VectorApi.absence()
            .ifPresent(
                cure -> {
                  throw new IllegalStateException("no vector kernels: " + cure);
                });
        yield Vectors.create();
      }
    };
  }

  private static final class Automatic {
    static final Kernels KERNELS = choose();

    private static Kernels choose() {
      Optional<String> obstacle = VectorApi.obstacle();
      if (obstacle.isPresent()) {
        LOG.warning("kernels: scalar, some ten times slower than vectors; " + obstacle.get());
        return new ScalarKernels();
      }
      Kernels kernels = Vectors.create();
      LOG.info("kernels: " + kernels.description());
      return kernels;
    }
  }

  /** Loaded only where there are vectors. */
  private static final class Vectors {
    static Kernels create() {
      return new VectorKernels();
    }
  }
}
