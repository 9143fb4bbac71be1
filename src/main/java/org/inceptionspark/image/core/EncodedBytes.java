package org.inceptionspark.image.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteOrder;

/** A file's bytes, read at offsets with every access checked: beyond the end is CORRUPT. */
public final class EncodedBytes {
  private final byte[] array;
  private final ImageFormat format;

  public EncodedBytes(byte[] array, ImageFormat format) {
    this.array = array;
    this.format = format;
  }

  public byte[] array() {
    return array;
  }

  public int length() {
    return array.length;
  }

  public ImageFormat format() {
    return format;
  }

  public int uint8(long offset) throws ImageException {
    require(offset, 1);
    return array[(int) offset] & 0xff;
  }

  public int uint16(long offset, ByteOrder order) throws ImageException {
    int first = uint8(offset);
    int second = uint8(offset + 1);
    return order == ByteOrder.BIG_ENDIAN ? first << 8 | second : second << 8 | first;
  }

  public long uint32(long offset, ByteOrder order) throws ImageException {
    long first = uint16(offset, order);
    long second = uint16(offset + 2, order);
    return order == ByteOrder.BIG_ENDIAN ? first << 16 | second : second << 16 | first;
  }

  /** A 64-bit offset or count; one with the top bit set comes out negative and fits nowhere. */
  public long uint64(long offset, ByteOrder order) throws ImageException {
    long first = uint32(offset, order);
    long second = uint32(offset + 4, order);
    return order == ByteOrder.BIG_ENDIAN ? first << 32 | second : second << 32 | first;
  }

  public boolean has(long offset, String ascii) {
    return offset >= 0
        && offset + ascii.length() <= array.length
        && ascii(offset, ascii.length()).equals(ascii);
  }

  public String ascii(long offset, int length) {
    return new String(array, (int) offset, length, ISO_8859_1);
  }

  public void require(long offset, long length) throws ImageException {
    if (offset < 0 || length < 0 || length > array.length || offset > array.length - length) {
      throw ImageException.corrupt(
          format, "cut off: needs " + length + " bytes at " + offset + " of " + array.length);
    }
  }
}
