package org.inceptionspark.shims;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * Where the members of a zip archive begin. The library of Spark 3.5 does not expose the offsets of
 * its directory; later ones do, under the same name.
 */
public final class ZipOffsets {
  private static final Method OFFSET = offset();

  private ZipOffsets() {}

  private static Method offset() {
    try {
      Method offset = ZipArchiveEntry.class.getDeclaredMethod("getLocalHeaderOffset");
      offset.setAccessible(true);
      return offset;
    } catch (NoSuchMethodException e) {
      throw new LinkageError("commons-compress does not give offsets of zip members", e);
    }
  }

  /** The offset of the member's local header. */
  public static long of(ZipArchiveEntry entry) {
    try {
      return (long) OFFSET.invoke(entry);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("commons-compress does not give offsets of zip members", e);
    }
  }
}
