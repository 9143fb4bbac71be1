package org.inceptionspark.kernels;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The kernels of this machine at every width it has, in one JVM. */
public final class EveryKernel {
  private static final String WIDTH = "inceptionspark.vector.bits";

  private EveryKernel() {}

  /** Scalar first, then each vector width up to the machine's own. */
  public static Map<String, Kernels> all() {
    Map<String, Kernels> all = new LinkedHashMap<>();
    all.put("scalar", new ScalarKernels());
    for (int bits = 128; bits <= widest(); bits *= 2) {
      all.put("vector " + bits, ofWidth(bits));
    }
    return all;
  }

  /** The width that the machine prefers, in bits. */
  public static int widest() {
    return VectorWidth.LANES * Float.SIZE;
  }

  /** Freshly loaded classes, which no compiler has seen. */
  public static Kernels fresh() {
    return ofWidth(widest());
  }

  /** The width is a constant of the class, so each width is loaded as classes of its own. */
  private static Kernels ofWidth(int bits) {
    String before = System.getProperty(WIDTH);
    System.setProperty(WIDTH, String.valueOf(bits));
    try {
      Class<?> selector = new Copies().loadClass(KernelSelector.class.getName());
      return (Kernels)
          selector.getMethod("select", KernelChoice.class).invoke(null, KernelChoice.VECTOR);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      if (before == null) {
        System.clearProperty(WIDTH);
      } else {
        System.setProperty(WIDTH, before);
      }
    }
  }

  /** Loads the room's classes again, all but those that callers share. */
  private static final class Copies extends ClassLoader {
    private static final Set<String> SHARED =
        Set.of(Kernels.class.getName(), KernelChoice.class.getName());

    Copies() {
      super(Kernels.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        boolean copied =
            name.startsWith(Kernels.class.getPackageName() + ".") && !SHARED.contains(name);
        return copied ? copy(name) : super.loadClass(name, resolve);
      }
    }

    private Class<?> copy(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
