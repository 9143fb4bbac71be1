package org.inceptionspark.kernels;

import java.util.logging.Logger;

/**
 * Chooses the implementation, once per JVM for {@link KernelChoice#AUTO}, and says so in one log
 * line. This class must not mention a Vector type in a field, or a JVM without the module could not
 * load it.
 */
public final class KernelSelector {
  private static final Logger LOG = Logger.getLogger(KernelSelector.class.getName());
  private static final String MODULE = "jdk.incubator.vector";
  private static final String CURE = "start the JVM with --add-modules " + MODULE;

  private KernelSelector() {}

  /**
   * @throws IllegalStateException if vectors are demanded of a JVM without the module
   */
  public static Kernels select(KernelChoice choice) {
    return switch (choice) {
      case AUTO -> Automatic.KERNELS;
      case SCALAR -> new ScalarKernels();
      case VECTOR -> {
        if (!moduleIsThere()) {
          throw new IllegalStateException("vector kernels need the module " + MODULE + ": " + CURE);
        }
        yield Vectors.create();
      }
    };
  }

  private static boolean moduleIsThere() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static final class Automatic {
    static final Kernels KERNELS = choose();

    private static Kernels choose() {
      if (!moduleIsThere()) {
        LOG.warning("kernels: scalar, some ten times slower; for vectors " + CURE);
        return new ScalarKernels();
      }
      Kernels kernels = Vectors.create();
      LOG.info("kernels: " + kernels.description());
      return kernels;
    }
  }

  /** Loaded only where the module is there. */
  private static final class Vectors {
    static Kernels create() {
      return new VectorKernels();
    }
  }
}
