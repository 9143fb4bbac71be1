package org.inceptionspark.job.storage;

import java.util.Arrays;
import org.apache.hadoop.fs.Path;

/** Names that Spark's own readers skip, and so does the listing unless it is told to read them. */
public final class HiddenNames {
  private HiddenNames() {}

  /** What the listing does with them. */
  public enum Choice {
    /** Skips them, as Spark does. */
    SKIP,
    /** Lists them: some cameras write {@code _DSC1234.jpg}. */
    READ;

    public boolean passesOver(String name) {
      return this == SKIP ? isHidden(name) : isUnfinished(name);
    }
  }

  /** Names with an equals sign are partition directories, whatever they start with. */
  public static boolean isHidden(String name) {
    boolean underscore = name.startsWith("_") && !name.contains("=");
    boolean summary = name.startsWith("_metadata") || name.startsWith("_common_metadata");
    boolean dot = name.startsWith(".") && !name.equals(".") && !name.equals("..");
    return (underscore || dot || isUnfinished(name)) && !summary;
  }

  /** Whether a file or a directory between it and {@code root} is hidden. */
  public static boolean isHiddenBelow(Path root, Path file) {
    String relative = file.toUri().getPath().substring(root.toUri().getPath().length());
    return Arrays.stream(relative.split(Path.SEPARATOR)).anyMatch(HiddenNames::isHidden);
  }

  /** A copy in progress, or Hadoop's checksum file beside a local file. */
  private static boolean isUnfinished(String name) {
    return name.endsWith("._COPYING_") || (name.startsWith(".") && name.endsWith(".crc"));
  }
}
