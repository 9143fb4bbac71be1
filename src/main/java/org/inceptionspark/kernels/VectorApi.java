package org.inceptionspark.kernels;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the Vector API is fast in this JVM, determined once. Some JVMs have it but do not compile
 * it to vector instructions: each operation then allocates, and it is a hundred times slower than
 * plain loops. What is checked is the module, the settings that rule it out, and then the time of a
 * small product. This class and its callers must not have a field of a Vector type, or a JVM
 * without the module could not load them.
 */
public final class VectorApi {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int LEAST_BYTES = 16;
  private static final int C2 = 4;
  private static final int AVX_512 = 3;

  private VectorApi() {}

  /** Why it cannot be used or would be slow, and the cure; empty if it is fast. */
  public static Optional<String> obstacle() {
    return Found.OBSTACLE;
  }

  /** Why it cannot be used at all, however slowly. */
  static Optional<String> absence() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Optional.of("start the JVM with --add-modules " + MODULE);
    }
    return option("MaxVectorSize")
        .map(Integer::parseInt)
        .filter(bytes -> bytes < LEAST_BYTES)
        .map(
            bytes ->
                "this JVM's vectors have "
                    + bytes * 8
                    + " bits; needed are 128: start it without -XX:MaxVectorSize");
  }

  /** How many vectors this JVM's compiler keeps in registers: 32, or 16 of those of AVX2. */
  static int registers() {
    boolean x86 = Set.of("amd64", "x86_64").contains(System.getProperty("os.arch", ""));
    return x86 && option("UseAVX").map(Integer::parseInt).orElse(0) < AVX_512 ? 16 : 32;
  }

  private static final class Found {
    static final Optional<String> OBSTACLE =
        absence().or(VectorApi::slowness).or(VectorApi::measured);
  }

  private static Optional<String> slowness() {
    String mode = System.getProperty("java.vm.info", "");
    if (mode.startsWith("interpreted")) {
      return Optional.of("this JVM compiles nothing: start it without -Xint");
    }
    boolean onlyC1 =
        mode.contains("emulated-client")
            || option("TieredCompilation").filter("true"::equals).isPresent()
                && option("TieredStopAtLevel").map(Integer::parseInt).orElse(C2) < C2;
    if (onlyC1) {
      return Optional.of(
          "this JVM compiles with C1 only: start it without -XX:TieredStopAtLevel, -client or"
              + " -XX:CompilationMode");
    }
    if (option("EnableVectorSupport").filter("false"::equals).isPresent()) {
      return Optional.of(
          "vectors are switched off in this JVM's compiler: start it without"
              + " -XX:-EnableVectorSupport");
    }
    if (option("UseFMA").filter("false"::equals).isPresent()) {
      // Timing could not tell: then plain loops are slow too, and vectors a little slower.
      return Optional.of(
          "this JVM has no fused multiply-add: use a processor with AVX2 or Neon, and start it"
              + " without -XX:-UseFMA and -XX:UseAVX");
    }
    return Optional.empty();
  }

  private static Optional<String> measured() {
    try {
      return VectorProbe.isFast()
          ? Optional.empty()
          : Optional.of(
              "this JVM makes no fast code of them ("
                  + System.getProperty("java.vm.name")
                  + ", "
                  + System.getProperty("os.arch")
                  + "): use HotSpot's C2 on a processor with"
                  + " AVX2 or Neon, and start it without -XX:UseAVX");
    } catch (LinkageError e) { // also what the class with the width throws when it is loaded
      return Optional.of(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    }
  }

  /** Empty if this JVM has no such option, or does not say. */
  private static Optional<String> option(String name) {
    try {
      return Optional.of(
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
              .getVMOption(name)
              .getValue());
    } catch (IllegalArgumentException | NullPointerException | LinkageError unknown) {
      return Optional.empty();
    }
  }
}
