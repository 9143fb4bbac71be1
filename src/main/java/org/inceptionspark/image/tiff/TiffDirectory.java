package org.inceptionspark.image.tiff;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ExifOrientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.core.StoredOrientation;

/** The first image directory of a TIFF or BigTIFF: the location of each tag's values. */
final class TiffDirectory {
  static final int IMAGE_WIDTH = 256;
  static final int IMAGE_LENGTH = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTE_COUNTS = 279;
  static final int PLANAR_CONFIGURATION = 284;
  static final int T4_OPTIONS = 292;
  static final int PREDICTOR = 317;
  static final int COLOR_MAP = 320;
  static final int JPEG_TABLES = 347;
  static final int JPEG_STREAM = 513;
  static final int JPEG_STREAM_LENGTH = 514;
  static final int TILE_WIDTH = 322;
  static final int TILE_LENGTH = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTE_COUNTS = 325;
  static final int INK_SET = 332;
  static final int SAMPLE_FORMAT = 339;
  static final int EXTRA_SAMPLES = 338;
  static final int YCBCR_COEFFICIENTS = 529;
  static final int YCBCR_SUBSAMPLING = 530;
  static final int REFERENCE_BLACK_WHITE = 532;
  static final int XMP = 700;

  /** Tags in a real directory; a count beyond is damage, not a picture. */
  private static final int MOST_ENTRIES = 4096;

  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;
  private static final int UNDEFINED = 7;
  private static final int RATIONAL = 5;
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  /** Values of one tag, in the field itself or anywhere in the file. */
  private record Entry(int type, long count, long position) {}

  private final EncodedBytes bytes;
  private final ByteOrder order;
  private final boolean big;
  private final Map<Integer, Entry> entries = new HashMap<>();

  private TiffDirectory(EncodedBytes bytes) throws ImageException {
    this.bytes = bytes;
    this.order = bytes.has(0, "II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    this.big = bytes.uint16(2, order) == 43;
    long start = big ? bytes.uint64(8, order) : bytes.uint32(4, order);
    bytes.require(start, 2);
    long count = big ? bytes.uint64(start, order) : bytes.uint16(start, order);
    if (count < 1 || count > MOST_ENTRIES) {
      throw ImageException.corrupt(ImageFormat.TIFF, "directory of " + count + " entries");
    }
    long first = start + (big ? 8 : 2);
    int size = big ? 20 : 12;
    bytes.require(first, count * size);
    for (int i = 0; i < count; i++) {
      entry(first + (long) i * size);
    }
  }

  static TiffDirectory first(EncodedBytes bytes) throws ImageException {
    return new TiffDirectory(bytes);
  }

  private void entry(long at) throws ImageException {
    int type = bytes.uint16(at + 2, order);
    long count = big ? bytes.uint64(at + 4, order) : bytes.uint32(at + 4, order);
    int bytesEach = type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
    if (bytesEach == 0 || count < 1) {
      return;
    }
    long field = at + (big ? 12 : 8);
    boolean inline = count <= (big ? 8 : 4) / bytesEach;
    long position = inline ? field : big ? bytes.uint64(field, order) : bytes.uint32(field, order);
    entries.putIfAbsent(bytes.uint16(at, order), new Entry(type, count, position));
  }

  ByteOrder order() {
    return order;
  }

  /** 1 to 8; 1 where the tag has no valid value, or lies outside the file. */
  int orientation() {
    try {
      if (has(ORIENTATION)) {
        return ExifOrientation.valid(value(ORIENTATION, ExifOrientation.UPRIGHT));
      }
      StoredOrientation stored = new StoredOrientation();
      stored.xmp(new String(bytes(XMP), ISO_8859_1));
      return stored.value();
    } catch (ImageException e) {
      return ExifOrientation.UPRIGHT;
    }
  }

  /** The strips, or the page, are JPEGs. */
  boolean isJpeg() throws ImageException {
    long compression = value(COMPRESSION, 1);
    return compression == OLD_JPEG || compression == JPEG;
  }

  /** One JPEG of the older kind, as TIFF 6.0 first defined it. */
  boolean isOldJpeg() throws ImageException {
    return value(COMPRESSION, 1) == OLD_JPEG;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** The first value of a whole-number tag. */
  long value(int tag, long otherwise) throws ImageException {
    Entry entry = entries.get(tag);
    return entry != null && isWhole(entry.type) ? whole(entry, 0) : otherwise;
  }

  /** All values of a whole-number tag; none if it is not there. */
  long[] values(int tag) throws ImageException {
    Entry entry = entries.get(tag);
    if (entry == null || !isWhole(entry.type)) {
      return new long[0];
    }
    long[] values = new long[requiredCount(entry)];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole(entry, i);
    }
    return values;
  }

  /** The values of a tag of fractions; {@code otherwise} if it is not there or has fewer. */
  double[] fractions(int tag, double... otherwise) throws ImageException {
    Entry entry = entries.get(tag);
    if (entry == null || entry.type != RATIONAL || entry.count < otherwise.length) {
      return otherwise;
    }
    requiredCount(entry);
    double[] values = new double[otherwise.length];
    for (int i = 0; i < values.length; i++) {
      long at = entry.position + 8L * i;
      values[i] = (double) bytes.uint32(at, order) / bytes.uint32(at + 4, order);
    }
    return values;
  }

  /** The bytes of a tag of bytes; none if it is not there. */
  byte[] bytes(int tag) throws ImageException {
    Entry entry = entries.get(tag);
    if (entry == null || (entry.type != 1 && entry.type != UNDEFINED)) {
      return new byte[0];
    }
    int count = requiredCount(entry);
    int start = (int) entry.position;
    return Arrays.copyOfRange(bytes.array(), start, start + count);
  }

  /** The number of values, all of which are in the file. */
  private int requiredCount(Entry entry) throws ImageException {
    int bytesEach = TYPE_BYTES[entry.type];
    // Dividing first: the product of a damaged count overflows.
    if (entry.count > bytes.length() / bytesEach) {
      throw ImageException.corrupt(ImageFormat.TIFF, "a tag of " + entry.count + " values");
    }
    bytes.require(entry.position, entry.count * bytesEach);
    return (int) entry.count;
  }

  private static boolean isWhole(int type) {
    return type == 1 || type == 3 || type == 4 || type == 16;
  }

  private long whole(Entry entry, int index) throws ImageException {
    long at = entry.position + (long) index * TYPE_BYTES[entry.type];
    return switch (entry.type) {
      case 1 -> bytes.uint8(at);
      case 3 -> bytes.uint16(at, order);
      case 4 -> bytes.uint32(at, order);
      default -> bytes.uint64(at, order);
    };
  }
}
