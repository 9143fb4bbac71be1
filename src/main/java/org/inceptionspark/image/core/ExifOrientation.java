package org.inceptionspark.image.core;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;

/** Finds the orientation tag in EXIF data, which is a TIFF directory of its own. */
public final class ExifOrientation {
  public static final int UPRIGHT = 1;

  private static final int TAG = 274;
  private static final int ENTRY = 12;
  private static final int INLINE = 4;
  private static final String PREFIX = "Exif\0\0";

  /** The last two are the number of some writers, in the wrong order. */
  private static final List<String> HEADS = List.of("II*\0", "MM\0*", "II\0*", "MM*\0");

  /** Bytes of a value of each type; 0 for none that there is. */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  private ExifOrientation() {}

  /**
   * The orientation that a TIFF structure gives, after the header that some containers repeat: the
   * first one that is whole, as in Pillow. 1 if it gives one that does not exist.
   *
   * @return empty if there is no such tag, also where the structure is damaged: a picture is not
   *     broken because its EXIF is
   */
  static OptionalInt find(EncodedBytes bytes) {
    long at = 0;
    while (bytes.has(at, PREFIX)) {
      at += PREFIX.length();
    }
    long tiff = at;
    return HEADS.stream().anyMatch(head -> bytes.has(tiff, head))
        ? inTiff(bytes, tiff, bytes.has(tiff, "II") ? LITTLE_ENDIAN : BIG_ENDIAN)
        : OptionalInt.empty();
  }

  private static OptionalInt inTiff(EncodedBytes bytes, long start, ByteOrder order) {
    try {
      long directory = start + bytes.uint32(start + 4, order);
      int entries = bytes.uint16(directory, order);
      for (int i = 0; i < entries; i++) {
        long entry = directory + 2 + (long) ENTRY * i;
        bytes.require(entry, ENTRY);
        if (bytes.uint16(entry, order) == TAG) {
          int type = bytes.uint16(entry + 2, order);
          long count = bytes.uint32(entry + 4, order);
          int size = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
          long at =
              count <= INLINE / Math.max(1, size)
                  ? entry + 8
                  : start + bytes.uint32(entry + 8, order);
          if (size > 0 && count > 0 && bytes.length() - at >= count * size) {
            return OptionalInt.of(value(bytes, at, type, order));
          }
        }
      }
    } catch (ImageException e) {
      return OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  private static int value(EncodedBytes bytes, long at, int type, ByteOrder order)
      throws ImageException {
    return switch (type) {
      case 6 -> valid(bytes.uint8(at));
      case 3, 8 -> valid(bytes.uint16(at, order));
      case 4, 9, 13 -> valid(bytes.uint32(at, order));
      default -> UPRIGHT;
    };
  }

  /** The orientation itself if there is such a one, else 1. */
  public static int valid(long orientation) {
    return orientation >= 1 && orientation <= 8 ? (int) orientation : UPRIGHT;
  }
}
