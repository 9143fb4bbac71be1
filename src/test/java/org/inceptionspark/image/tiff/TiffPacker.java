package org.inceptionspark.image.tiff;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;

/** The compressions of {@link TiffWriter}. */
final class TiffPacker {
  private TiffPacker() {}

  static byte[] pack(TiffCase.Packing packing, byte[] data) {
    return switch (packing) {
      case NONE -> data;
      case LZW, LZW_PREDICTED -> new Lzw(false).pack(data);
      case LZW_OLD -> new Lzw(true).pack(data);
      case DEFLATE, DEFLATE_ADOBE_PREDICTED -> deflate(data);
      case PACK_BITS -> packBits(data);
    };
  }

  private static byte[] deflate(byte[] data) {
    Deflater deflater = new Deflater();
    deflater.setInput(data);
    deflater.finish();
    byte[] packed = new byte[data.length + 64];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  /** Runs of three and more are repeated, with a byte between them that says nothing. */
  private static byte[] packBits(byte[] data) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int at = 0;
    while (at < data.length) {
      int run = 1;
      while (run < 128 && at + run < data.length && data[at + run] == data[at]) {
        run++;
      }
      if (run > 2) {
        packed.write(-128);
        packed.write(1 - run);
        packed.write(data[at]);
      } else {
        packed.write(run - 1);
        packed.write(data, at, run);
      }
      at += run;
    }
    return packed.toByteArray();
  }

  /** LZW, clear code first; the old kind has its bits the other way round. */
  private static final class Lzw {
    private final boolean isOld;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private long buffer;
    private int buffered;

    Lzw(boolean isOld) {
      this.isOld = isOld;
    }

    byte[] pack(byte[] data) {
      Map<String, Integer> table = new HashMap<>();
      int codeBits = 9;
      write(256, codeBits);
      String known = "";
      for (byte octet : data) {
        String longer = known + (char) (octet & 0xff);
        if (longer.length() == 1 || table.containsKey(longer)) {
          known = longer;
          continue;
        }
        write(code(table, known), codeBits);
        table.put(longer, 258 + table.size());
        int next = 258 + table.size();
        if (next == 4095) {
          write(256, codeBits);
          table.clear();
          codeBits = 9;
        } else if (next == (1 << codeBits) + (isOld ? 1 : 0)) {
          codeBits++;
        }
        known = longer.substring(longer.length() - 1);
      }
      write(code(table, known), codeBits);
      int last = 258 + table.size() + 1;
      write(257, last == (1 << codeBits) + (isOld ? 1 : 0) ? codeBits + 1 : codeBits);
      write(0, 7); // the last bits
      return packed.toByteArray();
    }

    private static int code(Map<String, Integer> table, String known) {
      return known.length() == 1 ? known.charAt(0) : table.get(known);
    }

    private void write(int code, int bits) {
      buffer = isOld ? buffer | (long) code << buffered : buffer << bits | code;
      buffered += bits;
      while (buffered >= 8) {
        buffered -= 8;
        packed.write((int) (isOld ? buffer : buffer >> buffered));
        buffer = isOld ? buffer >> 8 : buffer & ((1L << buffered) - 1);
      }
    }
  }
}
