package org.inceptionspark.nn.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The second-level cache of a core, for which blocks are cut. Blocks of any size give the same
 * bits.
 */
final class CoreCache {
  /** Where Linux tells it, as {@code 2048K}. */
  private static final Path LINUX = Path.of("/sys/devices/system/cpu/cpu0/cache/index2/size");

  /** Assumed of a core that has less, or does not tell. */
  private static final int LEAST = 512 << 10;

  /** More would only make the scratch of a stream larger. */
  private static final int MOST = 2 << 20;

  private CoreCache() {}

  /** Its size, or a size that fits anywhere if the system does not tell. */
  static int bytes() {
    try {
      return bytes(Files.readString(LINUX).strip());
    } catch (IOException | RuntimeException e) {
      return LEAST;
    }
  }

  private static int bytes(String size) {
    String kilobytes = size.endsWith("K") ? size.substring(0, size.length() - 1) : "";
    return kilobytes.isEmpty()
        ? LEAST
        : (int) Math.max(LEAST, Math.min(MOST, Long.parseLong(kilobytes) << 10));
  }
}
