package org.inceptionspark.image.core;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** The first image directory of a TIFF or BigTIFF: the first value of each whole-number tag. */
public final class TiffDirectory {
  public static final int IMAGE_WIDTH = 256;
  public static final int IMAGE_LENGTH = 257;
  public static final int BITS_PER_SAMPLE = 258;
  public static final int COMPRESSION = 259;
  public static final int PHOTOMETRIC = 262;
  public static final int ORIENTATION = 274;
  public static final int SAMPLES_PER_PIXEL = 277;
  public static final int TILE_WIDTH = 322;
  public static final int TILE_LENGTH = 323;
  public static final int SAMPLE_FORMAT = 339;

  /** Tags in a real directory; a count beyond is damage, not a picture. */
  private static final int MOST_ENTRIES = 4096;

  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  private final EncodedBytes bytes;
  private final ByteOrder order;
  private final boolean big;
  private final Map<Integer, Long> values = new HashMap<>();

  private TiffDirectory(EncodedBytes bytes) throws ImageException {
    this.bytes = bytes;
    this.order = bytes.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    this.big = bytes.uint16(2, order) == 43;
    long start = big ? bytes.uint64(8, order) : bytes.uint32(4, order);
    bytes.require(start, 2);
    long entries = big ? bytes.uint64(start, order) : bytes.uint16(start, order);
    if (entries < 1 || entries > MOST_ENTRIES) {
      throw ImageException.corrupt(ImageFormat.TIFF, "directory of " + entries + " entries");
    }
    long first = start + (big ? 8 : 2);
    int size = big ? 20 : 12;
    bytes.require(first, entries * size);
    for (int i = 0; i < entries; i++) {
      entry(first + (long) i * size);
    }
  }

  public static TiffDirectory first(EncodedBytes bytes) throws ImageException {
    return new TiffDirectory(bytes);
  }

  public boolean isBig() {
    return big;
  }

  public long value(int tag, long otherwise) {
    return values.getOrDefault(tag, otherwise);
  }

  private void entry(long at) throws ImageException {
    int tag = bytes.uint16(at, order);
    int type = bytes.uint16(at + 2, order);
    long count = big ? bytes.uint64(at + 4, order) : bytes.uint32(at + 4, order);
    int bytesEach = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
    long field = at + (big ? 12 : 8);
    if (bytesEach == 0 || count < 1) {
      return;
    }
    boolean inline = count <= (big ? 8 : 4) / bytesEach;
    long position = inline ? field : big ? bytes.uint64(field, order) : bytes.uint32(field, order);
    switch (type) {
      case 1 -> values.put(tag, (long) bytes.uint8(position));
      case 3 -> values.put(tag, (long) bytes.uint16(position, order));
      case 4 -> values.put(tag, bytes.uint32(position, order));
      case 16 -> values.put(tag, bytes.uint64(position, order));
      default -> {}
    }
  }
}
