package org.inceptionspark.image.tiff;

import static org.inceptionspark.image.tiff.TiffDirectory.T4_OPTIONS;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;
import org.inceptionspark.image.tiff.FaxRows.Coding;

/** How strips and tiles are packed. */
enum TiffCompression {
  NONE(1),
  MODIFIED_HUFFMAN(0),
  GROUP_3(0),
  GROUP_3_TWO_DIMENSIONS(0),
  GROUP_4(0),
  LZW(2731),
  DEFLATE(1033),
  PACK_BITS(64);

  /** The most bytes that one packed byte can become; 0 where that depends on the row. */
  private final int mostBytes;

  TiffCompression(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  static TiffCompression of(TiffDirectory directory) throws ImageException {
    int tag = (int) directory.value(TiffDirectory.COMPRESSION, 1);
    return switch (tag) {
      case 1 -> NONE;
      case 2 -> MODIFIED_HUFFMAN;
      case 3 -> (directory.value(T4_OPTIONS, 0) & 1) == 0 ? GROUP_3 : GROUP_3_TWO_DIMENSIONS;
      case 4 -> GROUP_4;
      case 5 -> LZW;
      case 8, 32946 -> DEFLATE;
      case 32773 -> PACK_BITS;
      default -> throw ImageException.unsupported(ImageFormat.TIFF, "compression " + name(tag));
    };
  }

  private static String name(int tag) {
    return switch (tag) {
      case 32809 -> "ThunderScan";
      case 34661 -> "JBIG";
      case 34712 -> "JPEG 2000";
      case 34676, 34677 -> "SGI LogLuv";
      case 34887 -> "LERC";
      case 34892 -> "lossy JPEG of DNG";
      case 34925 -> "LZMA";
      case 50000 -> "Zstandard";
      case 50001 -> "WebP";
      case 50002, 52546 -> "JPEG XL";
      default -> Integer.toString(tag);
    };
  }

  boolean isFax() {
    return mostBytes == 0;
  }

  /** Only these two have a predictor (TIFF 6.0, section 14). */
  boolean mayPredict() {
    return this == LZW || this == DEFLATE;
  }

  /** The most rows that this many bytes can hold. */
  long mostRows(long length, long rowBytes) {
    return isFax() ? 8 * length : length * mostBytes / rowBytes;
  }

  ByteSource open(byte[] data, int start, int end, int width) {
    return switch (this) {
      case NONE -> new StoredBytes(data, start, end);
      case MODIFIED_HUFFMAN -> fax(data, start, end, Coding.MODIFIED_HUFFMAN, width);
      case GROUP_3 -> fax(data, start, end, Coding.GROUP_3, width);
      case GROUP_3_TWO_DIMENSIONS -> fax(data, start, end, Coding.GROUP_3_TWO_DIMENSIONS, width);
      case GROUP_4 -> fax(data, start, end, Coding.GROUP_4, width);
      case LZW -> new TiffLzw(data, start, end);
      case DEFLATE -> new Deflated(data, start, end);
      case PACK_BITS -> new PackBits(data, start, end);
    };
  }

  private static ByteSource fax(byte[] data, int start, int end, Coding coding, int width) {
    return new FaxRows(new FaxBits(data, start, end), coding, width);
  }
}
