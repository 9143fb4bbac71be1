package org.inceptionspark.image.jpeg;

import java.io.ByteArrayOutputStream;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/** The typical Huffman tables of the JPEG standard (ISO/IEC 10918-1, K.3) as one DHT segment. */
final class StandardHuffmanTables {
  private StandardHuffmanTables() {}

  static byte[] segment() {
    ByteArrayOutputStream tables = new ByteArrayOutputStream();
    write(tables, 0x00, JPEGHuffmanTable.StdDCLuminance);
    write(tables, 0x10, JPEGHuffmanTable.StdACLuminance);
    write(tables, 0x01, JPEGHuffmanTable.StdDCChrominance);
    write(tables, 0x11, JPEGHuffmanTable.StdACChrominance);
    int length = tables.size() + 2;
    ByteArrayOutputStream segment = new ByteArrayOutputStream(length + 2);
    segment.write(0xff);
    segment.write(0xc4);
    segment.write(length >> 8);
    segment.write(length);
    segment.writeBytes(tables.toByteArray());
    return segment.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int classAndId, JPEGHuffmanTable table) {
    out.write(classAndId);
    short[] lengths = table.getLengths();
    for (int i = 0; i < 16; i++) {
      out.write(i < lengths.length ? lengths[i] : 0);
    }
    for (short value : table.getValues()) {
      out.write(value);
    }
  }
}
