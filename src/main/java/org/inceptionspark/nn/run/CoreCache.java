package org.inceptionspark.nn.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The size of a core's second-level cache, which decides the size of blocks. Blocks of any size
 * give the same bits.
 */
final class CoreCache {
  /** Where Linux states it, as {@code 2048K}. */
  private static final Path LINUX = Path.of("/sys/devices/system/cpu/cpu0/cache/index2/size");

  /** Assumed of a core that has less, or whose size is unknown. */
  private static final int LEAST = 512 << 10;

  /** More would only make the scratch of a stream larger. */
  private static final int MOST = 2 << 20;

  private CoreCache() {}

  /** The size in bytes, or one that fits anywhere if the system does not state it. */
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
