package org.inceptionspark.job.storage;

import java.util.Arrays;
import org.apache.hadoop.fs.Path;

/** Which names Spark's own readers pass over, so that this listing passes over the same. */
public final class HiddenNames {
  private HiddenNames() {}

  /** Names with an equals sign are partition directories, whatever they start with. */
  public static boolean isHidden(String name) {
    boolean underscore = name.startsWith("_") && !name.contains("=");
    boolean summary = name.startsWith("_metadata") || name.startsWith("_common_metadata");
    return (underscore || name.startsWith(".") || name.endsWith("._COPYING_")) && !summary;
  }

  /** Whether the object or a directory between it and {@code root} is hidden. */
  public static boolean isHiddenBelow(Path root, Path object) {
    String relative = object.toUri().getPath().substring(root.toUri().getPath().length());
    return Arrays.stream(relative.split(Path.SEPARATOR)).anyMatch(HiddenNames::isHidden);
  }
}
