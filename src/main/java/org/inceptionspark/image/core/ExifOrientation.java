package org.inceptionspark.image.core;

import java.nio.ByteOrder;
import java.util.OptionalInt;

/** Finds the orientation tag in EXIF data, which is a TIFF directory of its own. */
public final class ExifOrientation {
  public static final int UPRIGHT = 1;

  private static final int TAG = 274;
  private static final int SHORT = 3;

  private ExifOrientation() {}

  /**
   * The orientation that the TIFF structure at {@code start} gives, 1 to 8; 1 if it gives none or
   * is damaged: a picture is not broken because its EXIF is.
   */
  public static int in(EncodedBytes bytes, long start) {
    return find(bytes, start).orElse(UPRIGHT);
  }

  /** Like {@link #in}, but empty where there is no such tag. */
  public static OptionalInt find(EncodedBytes bytes, long start) {
    try {
      return read(bytes, start);
    } catch (ImageException e) {
      return OptionalInt.empty();
    }
  }

  public static int valid(long orientation) {
    return orientation >= 1 && orientation <= 8 ? (int) orientation : UPRIGHT;
  }

  private static OptionalInt read(EncodedBytes bytes, long start) throws ImageException {
    boolean little = bytes.has(start, "II");
    if (!little && !bytes.has(start, "MM")) {
      return OptionalInt.empty();
    }
    ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    long directory = start + bytes.uint32(start + 4, order);
    int entries = bytes.uint16(directory, order);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + 12L * i;
      if (bytes.uint16(entry, order) == TAG) {
        boolean isShort = bytes.uint16(entry + 2, order) == SHORT;
        return OptionalInt.of(
            valid(isShort ? bytes.uint16(entry + 8, order) : bytes.uint32(entry + 8, order)));
      }
    }
    return OptionalInt.empty();
  }
}
