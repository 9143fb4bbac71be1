package org.inceptionspark.shims;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * Where the members of a zip archive begin. The library of Spark 3.5 keeps what its directory says
 * of that to itself; later ones tell it under the same name.
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
      throw new LinkageError("commons-compress tells no offsets of zip members", e);
    }
  }

  /** Of the member's own header. */
  public static long of(ZipArchiveEntry entry) {
    try {
      return (long) OFFSET.invoke(entry);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("commons-compress tells no offsets of zip members", e);
    }
  }
}
