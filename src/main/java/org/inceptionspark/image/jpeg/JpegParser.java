package org.inceptionspark.image.jpeg;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.ByteArrayOutputStream;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ExifOrientation;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.JpegColours;

/**
 * Walks a JPEG's segments to its end-of-image marker, and keeps those that a decoder needs: what
 * applications and people have added (profiles, EXIF, thumbnails, comments) is left out of the
 * copy, for ICC profiles and odd combinations of JFIF and Adobe segments mislead the JDK's reader.
 */
final class JpegParser {
  private static final int SOF0 = 0xc0;
  private static final int SOF2 = 0xc2;
  private static final int DHT = 0xc4;
  private static final int JPG = 0xc8;
  private static final int SOF15 = 0xcf;
  private static final int DAC = 0xcc;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int TEM = 0x01;
  private static final int COM = 0xfe;

  private final EncodedBytes bytes;
  private final ByteArrayOutputStream needed;

  private int width;
  private int height;
  private int[] ids;
  private boolean hasJfif;
  private int adobeTransform = JpegColours.NO_ADOBE;
  private int orientation;
  private int scans;
  private boolean hasHuffmanTables;

  private JpegParser(EncodedBytes bytes) {
    this.bytes = bytes;
    this.needed = new ByteArrayOutputStream(bytes.length());
  }

  /** The header, and the segments from the first table to the end-of-image marker. */
  record Parsed(JpegHeader header, byte[] segments) {}

  static Parsed parse(EncodedBytes bytes) throws ImageException {
    return new JpegParser(bytes).walk();
  }

  private Parsed walk() throws ImageException {
    int position = 2;
    while (true) {
      position = nextMarker(position);
      int marker = bytes.uint8(position - 1);
      if (marker == EOI) {
        return finished(position);
      }
      if (marker == SOI) {
        throw ImageException.corrupt(bytes.format(), "a second picture begins inside the first");
      }
      if (marker == TEM || (marker >= RST0 && marker <= RST7)) {
        continue;
      }
      int length = bytes.uint16(position, BIG_ENDIAN);
      if (length < 2) {
        throw ImageException.corrupt(
            bytes.format(), "segment of length " + length + " at " + position);
      }
      bytes.require(position, length);
      int end = marker == SOS ? endOfScan(position + length) : position + length;
      segment(marker, position + 2, length - 2);
      if (!isApplication(marker)) {
        needed.write(0xff);
        needed.write(bytes.array(), position - 1, end - position + 1);
      }
      position = end;
    }
  }

  /** Just behind the next marker; junk and fill bytes before it are skipped. */
  private int nextMarker(int from) throws ImageException {
    byte[] array = bytes.array();
    int position = from;
    while (position + 1 < array.length) {
      if (array[position++] == (byte) 0xff) {
        while (position < array.length && array[position] == (byte) 0xff) {
          position++;
        }
        if (position < array.length && array[position++] != 0) {
          return position;
        }
      }
    }
    throw ImageException.corrupt(
        bytes.format(), "cut off: no end-of-image marker in " + array.length + " bytes");
  }

  /**
   * The first marker behind entropy-coded data, in which 0 escapes 0xff and restarts are allowed.
   */
  private int endOfScan(int from) {
    byte[] array = bytes.array();
    for (int position = from; position + 1 < array.length; position++) {
      if (array[position] == (byte) 0xff) {
        int next = array[position + 1] & 0xff;
        if (next != 0 && next != 0xff && (next < RST0 || next > RST7)) {
          return position;
        }
      }
    }
    return array.length;
  }

  private void segment(int marker, int start, int length) throws ImageException {
    switch (marker) {
      case SOS -> scans++;
      case DHT -> hasHuffmanTables |= scans == 0;
      case APP0 -> hasJfif |= length >= 14 && bytes.has(start, "JFIF\0");
      case APP14 -> {
        if (length >= 12 && bytes.has(start, "Adobe")) {
          adobeTransform = bytes.uint8(start + 11);
        }
      }
      case APP1 -> {
        if (orientation == 0 && bytes.has(start, "Exif\0\0")) {
          orientation = ExifOrientation.in(bytes, start + 6);
        }
      }
      default -> {
        if (marker >= SOF0 && marker <= SOF15 && marker != DAC && marker != JPG) {
          frame(marker, start, length);
        }
      }
    }
  }

  private void frame(int marker, int start, int length) throws ImageException {
    if (ids != null) {
      throw ImageException.corrupt(bytes.format(), "a second frame header at " + start);
    }
    int precision = bytes.uint8(start);
    if (marker > SOF2 || precision != 8) {
      throw ImageException.unsupported(
          bytes.format(), "process SOF" + (marker - SOF0) + " with " + precision + " bits");
    }
    height = bytes.uint16(start + 1, BIG_ENDIAN);
    width = bytes.uint16(start + 3, BIG_ENDIAN);
    int components = bytes.uint8(start + 5);
    if (components != 1 && components != 3 && components != 4) {
      throw ImageException.unsupported(bytes.format(), components + " components");
    }
    if (length != 6 + 3 * components) {
      throw ImageException.corrupt(bytes.format(), "frame header of " + length + " bytes");
    }
    ids = new int[components];
    for (int i = 0; i < components; i++) {
      ids[i] = bytes.uint8(start + 6 + 3 * i);
    }
  }

  private Parsed finished(int end) throws ImageException {
    if (ids == null || scans == 0) {
      throw ImageException.corrupt(bytes.format(), "no picture before the end-of-image marker");
    }
    needed.write(0xff);
    needed.write(EOI);
    JpegHeader header =
        new JpegHeader(
            width,
            height,
            JpegColours.of(ids, hasJfif, adobeTransform),
            orientation == 0 ? ExifOrientation.UPRIGHT : orientation,
            scans,
            hasHuffmanTables,
            end);
    return new Parsed(header, needed.toByteArray());
  }

  private static boolean isApplication(int marker) {
    return (marker >= APP0 && marker <= APP15) || marker == COM;
  }
}
