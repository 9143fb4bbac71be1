package org.inceptionspark.image.jpeg.scan;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.util.Arrays;
import org.inceptionspark.image.core.EncodedBytes;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/** The tables in force at some point of a JPEG; segments redefine them. */
public final class JpegTables {
  private static final int MOST = 4;
  private static final int LENGTHS = 16;
  private static final int LARGEST_DC_SYMBOL = 15;

  private final int[][] quantizers = new int[MOST][];
  private final Stored[] dc = new Stored[MOST];
  private final Stored[] ac = new Stored[MOST];

  /** In MCUs; 0 for none. */
  int restartInterval;

  /**
   * The standard's typical tables hold where the file has defined none: frames of motion JPEG,
   * which are sequential, leave them out. A progressive file without tables has lost them.
   */
  boolean mayLackHuffmanTables;

  /** A Huffman table as in its segment; only those that a scan uses are built. */
  private static final class Stored {
    private final int[] lengthCounts;
    private final byte[] symbols;
    private HuffmanTable table;

    Stored(int[] lengthCounts, byte[] symbols) {
      this.lengthCounts = lengthCounts;
      this.symbols = symbols;
    }

    HuffmanTable table() {
      if (table == null) {
        table = new HuffmanTable(lengthCounts, symbols);
      }
      return table;
    }
  }

  private void addStandardHuffmanTables() {
    byte[] segment = StandardHuffmanTables.segment();
    JpegTables standard = new JpegTables();
    try {
      standard.defineHuffmanTables(new EncodedBytes(segment, ImageFormat.JPEG), 0, segment.length);
    } catch (ImageException e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < MOST; i++) {
      dc[i] = dc[i] == null ? standard.dc[i] : dc[i];
      ac[i] = ac[i] == null ? standard.ac[i] : ac[i];
    }
  }

  /** A DQT segment. */
  void defineQuantizers(EncodedBytes bytes, int start, int length) throws ImageException {
    int end = start + length;
    int at = start;
    while (at < end) {
      int head = bytes.uint8(at++);
      int number = head & 15;
      boolean isWide = head >> 4 != 0;
      int size = Coefficients.OF_BLOCK * (isWide ? 2 : 1);
      if (number >= MOST || at + size > end) {
        throw damaged(bytes, "quantization table " + number + " at " + at);
      }
      int[] steps = new int[Coefficients.OF_BLOCK];
      for (int k = 0; k < steps.length; k++) {
        // libjpeg multiplies by signed 16-bit factors.
        steps[k] = isWide ? (short) bytes.uint16(at + 2 * k, BIG_ENDIAN) : bytes.uint8(at + k);
      }
      quantizers[number] = steps;
      at += size;
    }
  }

  /** A DHT segment. */
  void defineHuffmanTables(EncodedBytes bytes, int start, int length) throws ImageException {
    int end = start + length;
    int at = start;
    while (at + 1 + LENGTHS <= end) {
      int head = bytes.uint8(at++);
      int[] lengthCounts = new int[LENGTHS];
      int codes = 0;
      for (int i = 0; i < LENGTHS; i++) {
        lengthCounts[i] = bytes.uint8(at++);
        codes += lengthCounts[i];
      }
      if ((head & 15) >= MOST || head >> 4 > 1 || codes > 256 || at + codes > end) {
        throw damaged(bytes, "Huffman table " + head + " with " + codes + " codes");
      }
      Stored stored = new Stored(lengthCounts, Arrays.copyOfRange(bytes.array(), at, at + codes));
      (head >> 4 == 0 ? dc : ac)[head & 15] = stored;
      at += codes;
    }
    if (at != end) {
      throw damaged(bytes, "Huffman tables that do not fill their segment");
    }
  }

  int[] quantizer(EncodedBytes bytes, int number) throws ImageException {
    if (number >= MOST || quantizers[number] == null) {
      throw damaged(bytes, "no quantization table " + number);
    }
    return quantizers[number];
  }

  HuffmanTable dc(EncodedBytes bytes, int number) throws ImageException {
    HuffmanTable table = table(bytes, dc, number);
    if (table.largestSymbol() > LARGEST_DC_SYMBOL) {
      throw damaged(bytes, "Huffman table of DC differences of more than 15 bits");
    }
    return table;
  }

  HuffmanTable ac(EncodedBytes bytes, int number) throws ImageException {
    return table(bytes, ac, number);
  }

  private HuffmanTable table(EncodedBytes bytes, Stored[] tables, int number)
      throws ImageException {
    if (mayLackHuffmanTables && number < MOST && tables[number] == null) {
      addStandardHuffmanTables();
    }
    if (number >= MOST || tables[number] == null) {
      throw damaged(bytes, "no Huffman table " + number);
    }
    try {
      return tables[number].table();
    } catch (IllegalArgumentException e) {
      throw damaged(bytes, "Huffman table " + number + " has " + e.getMessage());
    }
  }

  private static ImageException damaged(EncodedBytes bytes, String what) {
    return ImageException.corrupt(bytes.format(), what);
  }
}
