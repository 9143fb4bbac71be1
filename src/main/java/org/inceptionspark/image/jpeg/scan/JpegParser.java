package org.inceptionspark.image.jpeg.scan;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.JpegColours;
import org.inceptionspark.image.core.StoredOrientation;

/**
 * Walks a JPEG's segments to its end-of-image marker (ISO/IEC 10918-1, annex B). Profiles,
 * thumbnails, comments and other additions are skipped.
 */
public final class JpegParser {
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
  private static final int DQT = 0xdb;
  private static final int DNL = 0xdc;
  private static final int DRI = 0xdd;
  private static final int APP0 = 0xe0;
  private static final int APP1 = 0xe1;
  private static final int APP14 = 0xee;
  private static final int APP15 = 0xef;
  private static final int COM = 0xfe;
  private static final int TEM = 0x01;
  private static final String EXIF = "Exif\0\0";
  private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

  private final EncodedBytes bytes;
  private final JpegTables tables;
  private final List<JpegScan> scans = new ArrayList<>();

  private JpegFrame frame;
  private int[][] steps;
  private boolean hasJfif;
  private int adobeTransform = JpegColours.NO_ADOBE;
  private final StoredOrientation orientation = new StoredOrientation();

  private JpegParser(EncodedBytes bytes, JpegTables tables) {
    this.bytes = bytes;
    this.tables = tables;
  }

  /**
   * Reads all segments.
   *
   * @param tables in force before the first; segments redefine them
   */
  public static JpegHeader parse(EncodedBytes bytes, JpegTables tables) throws ImageException {
    JpegParser parser = new JpegParser(bytes, tables);
    parser.walk();
    return parser.header();
  }

  /** Reads a stream of tables only, which other streams leave out. */
  public static JpegTables parseTables(EncodedBytes bytes) throws ImageException {
    JpegParser parser = new JpegParser(bytes, new JpegTables());
    parser.walk();
    return parser.tables;
  }

  private void walk() throws ImageException {
    int position = 2;
    while (true) {
      position = nextMarker(position);
      int marker = bytes.uint8(position - 1);
      if (marker == EOI) {
        return;
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
      int end = position + length;
      if (marker == SOS) {
        int start = end;
        end = endOfScan(start);
        scans.add(scan(position + 2, length - 2, start, end));
      } else {
        segment(marker, position + 2, length - 2);
      }
      position = end;
    }
  }

  /** Just after the next marker; junk and fill bytes before it are skipped. */
  private int nextMarker(int from) throws ImageException {
    byte[] array = bytes.array();
    int position = from;
    while (position + 1 < array.length) {
      position = ScanBits.indexOfFf(array, position, array.length);
      while (position < array.length && array[position] == (byte) 0xff) {
        position++;
      }
      if (position < array.length && array[position++] != 0) {
        return position;
      }
    }
    throw ImageException.corrupt(
        bytes.format(), "cut off: no end-of-image marker in " + array.length + " bytes");
  }

  /**
   * The first marker after entropy-coded data, in which 0 escapes 0xff and restart markers are
   * allowed.
   */
  private int endOfScan(int from) {
    byte[] array = bytes.array();
    int position = ScanBits.indexOfFf(array, from, array.length);
    while (position + 1 < array.length) {
      int next = array[position + 1] & 0xff;
      if (next != 0 && next != 0xff && (next < RST0 || next > RST7)) {
        return position;
      }
      position = ScanBits.indexOfFf(array, position + 1, array.length);
    }
    return array.length;
  }

  private void segment(int marker, int start, int length) throws ImageException {
    switch (marker) {
      case DHT -> tables.defineHuffmanTables(bytes, start, length);
      case DQT -> tables.defineQuantizers(bytes, start, length);
      case DRI -> tables.restartInterval = bytes.uint16(start, BIG_ENDIAN);
      case DAC, DNL, COM -> {}
      default -> {
        if (marker >= APP0 && marker <= APP15) {
          application(marker, start, length);
        } else if (marker >= SOF0 && marker <= SOF15 && marker != JPG) {
          frame(marker, start, length);
        } else {
          // A table may have had this marker before it was damaged.
          throw ImageException.corrupt(
              bytes.format(), "unknown marker " + marker + " at " + (start - 3));
        }
      }
    }
  }

  /** Whatever follows the first scan header is too late, for libjpeg as well. */
  private void application(int marker, int start, int length) throws ImageException {
    if (!scans.isEmpty()) {
      return;
    }
    if (marker == APP0) {
      hasJfif |= length >= 14 && bytes.has(start, "JFIF\0");
    } else if (marker == APP14 && length >= 12 && bytes.has(start, "Adobe")) {
      adobeTransform = bytes.uint8(start + 11);
    } else if (marker == APP1 && bytes.has(start, EXIF)) {
      orientation.exif(bytes.array(), start + EXIF.length(), length - EXIF.length());
    } else if (marker == APP1 && bytes.has(start, XMP)) {
      orientation.xmp(bytes.ascii(start, length));
    }
  }

  private void frame(int marker, int start, int length) throws ImageException {
    if (frame != null) {
      throw ImageException.corrupt(bytes.format(), "a second frame header at " + start);
    }
    int precision = bytes.uint8(start);
    if (marker > SOF2 || precision != 8) {
      throw ImageException.unsupported(
          bytes.format(), "process SOF" + (marker - SOF0) + " with " + precision + " bits");
    }
    int height = bytes.uint16(start + 1, BIG_ENDIAN);
    int width = bytes.uint16(start + 3, BIG_ENDIAN);
    int count = bytes.uint8(start + 5);
    if (count != 1 && count != 3 && count != 4) {
      throw ImageException.unsupported(bytes.format(), count + " components");
    }
    if (length != 6 + 3 * count) {
      throw ImageException.corrupt(bytes.format(), "frame header of " + length + " bytes");
    }
    List<JpegComponent> components = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = start + 6 + 3 * i;
      int factors = bytes.uint8(at + 1);
      int h = factors >> 4;
      int v = factors & 15;
      if (h < 1 || h > 4 || v < 1 || v > 4) {
        throw ImageException.corrupt(bytes.format(), "sampling factors " + h + " x " + v);
      }
      components.add(new JpegComponent(bytes.uint8(at), h, v, bytes.uint8(at + 2), 0, 0));
    }
    frame = JpegFrame.of(width, height, marker == SOF2, components);
    tables.mayLackHuffmanTables = !frame.isProgressive();
    steps = new int[count][];
  }

  private JpegScan scan(int start, int length, int dataStart, int dataEnd) throws ImageException {
    if (frame == null) {
      throw ImageException.corrupt(bytes.format(), "a scan before the frame header");
    }
    int count = bytes.uint8(start);
    if (count < 1 || count > 4 || length != 4 + 2 * count) {
      throw ImageException.corrupt(bytes.format(), "scan header of " + length + " bytes");
    }
    int at = start + 1 + 2 * count;
    int first = frame.isProgressive() ? bytes.uint8(at) : 0;
    int last = frame.isProgressive() ? bytes.uint8(at + 1) : 63;
    int high = frame.isProgressive() ? bytes.uint8(at + 2) >> 4 : 0;
    int low = frame.isProgressive() ? bytes.uint8(at + 2) & 15 : 0;
    if (frame.isProgressive() && !isLegal(count, first, last, high, low)) {
      throw ImageException.corrupt(
          bytes.format(),
          "progressive scan of coefficients "
              + first
              + " to "
              + last
              + ", bits "
              + high
              + " to "
              + low);
    }
    boolean needsDc = first == 0 && high == 0;
    boolean needsAc = last > 0;
    List<JpegScan.Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int component = component(bytes.uint8(start + 1 + 2 * i), parts);
      int selectors = bytes.uint8(start + 2 + 2 * i);
      if (steps[component] == null) {
        int number = frame.components().get(component).quantizer();
        steps[component] = tables.quantizer(bytes, number);
      }
      parts.add(
          new JpegScan.Part(
              component,
              needsDc ? tables.dc(bytes, selectors >> 4) : null,
              needsAc ? tables.ac(bytes, selectors & 15) : null));
    }
    requireSmallMcu(parts);
    return new JpegScan(parts, first, last, high, low, tables.restartInterval, dataStart, dataEnd);
  }

  private static boolean isLegal(int components, int first, int last, int high, int low) {
    boolean isBand = first == 0 ? last == 0 : first <= last && last < 64 && components == 1;
    return isBand && low <= 13 && (high == 0 || low == high - 1);
  }

  /** Some cameras give all components the same id: each component is taken once. */
  private int component(int id, List<JpegScan.Part> before) throws ImageException {
    for (int i = 0; i < frame.components().size(); i++) {
      int index = i;
      if (frame.components().get(i).id() == id
          && before.stream().noneMatch(part -> part.component() == index)) {
        return i;
      }
    }
    throw ImageException.corrupt(bytes.format(), "a scan of an unknown component " + id);
  }

  /** The standard's limit, which libjpeg keeps too. */
  private void requireSmallMcu(List<JpegScan.Part> parts) throws ImageException {
    int blocks = 0;
    for (JpegScan.Part part : parts) {
      JpegComponent component = frame.components().get(part.component());
      blocks += component.h() * component.v();
    }
    if (parts.size() > 1 && blocks > 10) {
      throw ImageException.corrupt(bytes.format(), blocks + " blocks in an MCU, at most 10");
    }
  }

  private JpegHeader header() throws ImageException {
    if (frame == null || scans.isEmpty()) {
      throw ImageException.corrupt(bytes.format(), "no picture before the end-of-image marker");
    }
    int[] ids = frame.components().stream().mapToInt(JpegComponent::id).toArray();
    return new JpegHeader(
        frame,
        JpegColours.of(ids, hasJfif, adobeTransform),
        orientation.value(),
        List.copyOf(scans),
        Arrays.asList(steps));
  }
}
