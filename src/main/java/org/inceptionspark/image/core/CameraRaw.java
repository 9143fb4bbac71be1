package org.inceptionspark.image.core;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Camera raws whose first bytes are those of a TIFF. Their first page is a thumbnail, which would
 * be mistaken for the photograph.
 */
final class CameraRaw {
  private static final int NEW_SUBFILE_TYPE = 254;
  private static final int PHOTOMETRIC = 262;
  private static final int MAKE = 271;
  private static final int SUB_DIRECTORIES = 330;
  private static final int DNG_VERSION = 50706;

  /** Photometric values of a sensor with a colour filter array, and of one already demosaiced. */
  private static final int COLOUR_FILTERS = 32803;

  private static final int LINEAR_RAW = 34892;

  private static final int MOST_ENTRIES = 4096;
  private static final int MOST_DIRECTORIES = 8;

  /** Of one entry: the place of its values and their number. */
  private record Field(int type, long count, long at) {}

  private final EncodedBytes bytes;
  private final ByteOrder order;

  /** BigTIFF, which DNG may be from version 1.6 on. */
  private final boolean isBig;

  private CameraRaw(EncodedBytes bytes) {
    this.bytes = bytes;
    this.order = bytes.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    this.isBig = bytes.has(0, "II+\0") || bytes.has(0, "MM\0+");
  }

  /** What users call the raw file, if this TIFF is one. */
  static Optional<String> of(byte[] tiff) {
    CameraRaw raw = new CameraRaw(new EncodedBytes(tiff, ImageFormat.TIFF));
    try {
      return raw.maker().map(maker -> "camera raw (" + maker + ")");
    } catch (ImageException e) {
      return Optional.empty(); // a damaged TIFF, which its reader will report
    }
  }

  private Optional<String> maker() throws ImageException {
    if (bytes.has(8, "CR\u0002")) {
      return Optional.of("Canon CR2");
    }
    Map<Integer, Field> first = directory(isBig ? bytes.uint64(8, order) : bytes.uint32(4, order));
    if (first.containsKey(DNG_VERSION)) {
      return Optional.of("DNG");
    }
    boolean sensor = isSensor(first);
    boolean thumbnail = (number(first, NEW_SUBFILE_TYPE, 0, 0) & 1) == 1;
    for (long start : thumbnail ? below(first) : List.<Long>of()) {
      sensor |= isSensor(directory(start));
    }
    return sensor ? Optional.of(name(first)) : Optional.empty();
  }

  private boolean isSensor(Map<Integer, Field> directory) throws ImageException {
    long photometric = number(directory, PHOTOMETRIC, 0, -1);
    return photometric == COLOUR_FILTERS || photometric == LINEAR_RAW;
  }

  private List<Long> below(Map<Integer, Field> first) throws ImageException {
    Field field = first.get(SUB_DIRECTORIES);
    List<Long> starts = new ArrayList<>();
    for (int i = 0; field != null && i < Math.min(field.count, MOST_DIRECTORIES); i++) {
      starts.add(number(first, SUB_DIRECTORIES, i, 0));
    }
    return starts;
  }

  private String name(Map<Integer, Field> first) throws ImageException {
    Field make = first.get(MAKE);
    if (make == null || make.count > 64) {
      return "of a TIFF's form";
    }
    bytes.require(make.at, make.count);
    String text = bytes.ascii(make.at, (int) make.count).toUpperCase(Locale.ROOT);
    return text.startsWith("NIKON")
        ? "Nikon NEF"
        : text.startsWith("SONY")
            ? "Sony ARW"
            : text.startsWith("PENTAX") ? "Pentax PEF" : "of a TIFF's form";
  }

  private Map<Integer, Field> directory(long start) throws ImageException {
    long entries = isBig ? bytes.uint64(start, order) : bytes.uint16(start, order);
    Map<Integer, Field> fields = new HashMap<>();
    for (int i = 0; i < Math.min(entries, MOST_ENTRIES); i++) {
      long at = isBig ? start + 8 + 20L * i : start + 2 + 12L * i;
      fields.putIfAbsent(bytes.uint16(at, order), field(at));
    }
    return fields;
  }

  private Field field(long at) throws ImageException {
    int type = bytes.uint16(at + 2, order);
    long count = isBig ? bytes.uint64(at + 4, order) : bytes.uint32(at + 4, order);
    long value = at + (isBig ? 12 : 8);
    if (count <= (isBig ? 8 : 4) / size(type)) {
      return new Field(type, count, value);
    }
    return new Field(type, count, isBig ? bytes.uint64(value, order) : bytes.uint32(value, order));
  }

  private static int size(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> 4;
    };
  }

  private long number(Map<Integer, Field> fields, int tag, int index, long otherwise)
      throws ImageException {
    Field field = fields.get(tag);
    if (field == null || index >= field.count) {
      return otherwise;
    }
    long at = field.at + (long) size(field.type) * index;
    return switch (field.type) {
      case 3 -> bytes.uint16(at, order);
      case 16, 18 -> bytes.uint64(at, order);
      default -> bytes.uint32(at, order);
    };
  }
}
