package org.inceptionspark.image.tiff;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes TIFFs of every kind from their samples (TIFF 6.0), for tests of the reader. */
final class TiffWriter {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int TILE_SIDE = 16;
  private static final int STRIP_ROWS = 7;

  private final TiffCase picture;
  private final int chunkWidth;
  private final int chunkHeight;

  private record Field(int type, int[] values) {}

  private final SortedMap<Integer, Field> fields = new TreeMap<>();

  private TiffWriter(TiffCase picture) {
    this.picture = picture;
    this.chunkWidth = picture.layout().isTiled() ? TILE_SIDE : picture.width();
    this.chunkHeight = picture.layout().isTiled() ? TILE_SIDE : STRIP_ROWS;
  }

  static byte[] write(TiffCase picture) {
    return new TiffWriter(picture).file();
  }

  private byte[] file() {
    List<byte[]> chunks = chunks();
    put(256, SHORT, picture.width());
    put(257, SHORT, picture.height());
    int[] depths = new int[picture.model().samples];
    Arrays.fill(depths, picture.bits());
    put(258, SHORT, depths);
    put(259, SHORT, picture.packing().tag);
    put(262, SHORT, picture.model().photometric);
    put(277, SHORT, picture.model().samples);
    put(284, SHORT, picture.layout().isPlanar() ? 2 : 1);
    put(317, SHORT, picture.packing().predictor);
    if (picture.model() == TiffCase.Model.PALETTE) {
      put(320, SHORT, palette());
    }
    if (picture.model() == TiffCase.Model.YCBCR) {
      put(530, SHORT, 1, 1);
    }
    if (picture.model().name().endsWith("ALPHA")) {
      put(338, SHORT, 2); // not multiplied
    }
    if (picture.layout().isTiled()) {
      put(322, SHORT, chunkWidth);
      put(323, SHORT, chunkHeight);
    } else {
      put(278, SHORT, chunkHeight);
    }
    int[] offsets = new int[chunks.size()];
    int[] counts = new int[chunks.size()];
    int end = 8;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = end;
      counts[i] = chunks.get(i).length;
      end += counts[i];
    }
    put(picture.layout().isTiled() ? 324 : 273, LONG, offsets);
    put(picture.layout().isTiled() ? 325 : 279, LONG, counts);
    return bytes(chunks, end);
  }

  private void put(int tag, int type, int... values) {
    fields.put(tag, new Field(type, values));
  }

  private int[] palette() {
    int entries = 1 << Math.min(16, picture.bits());
    int[] map = new int[3 * entries];
    for (int i = 0; i < map.length; i++) {
      map[i] = TiffCase.paletteEntry(i / entries, i % entries);
    }
    return map;
  }

  private byte[] bytes(List<byte[]> chunks, int directory) {
    int values = directory + 2 + 12 * fields.size() + 4;
    int size = values;
    for (Field field : fields.values()) {
      size += 4 * field.values.length;
    }
    boolean isLittle = picture.layout().isLittleEndian();
    ByteBuffer file = ByteBuffer.allocate(size);
    file.order(isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    file.put((byte) (isLittle ? 'I' : 'M')).put((byte) (isLittle ? 'I' : 'M'));
    file.putShort((short) 42).putInt(directory);
    chunks.forEach(file::put);
    file.putShort((short) fields.size());
    for (var field : fields.entrySet()) {
      int type = field.getValue().type;
      int[] list = field.getValue().values;
      file.putShort(field.getKey().shortValue()).putShort((short) type).putInt(list.length);
      int next = file.position() + 4;
      boolean isInline = list.length * (type == SHORT ? 2 : 4) <= 4;
      if (!isInline) {
        file.putInt(values).position(values);
      }
      for (int value : list) {
        if (type == SHORT) {
          file.putShort((short) value);
        } else {
          file.putInt(value);
        }
      }
      values = isInline ? values : file.position();
      file.position(next);
    }
    return file.array();
  }

  private List<byte[]> chunks() {
    List<byte[]> chunks = new ArrayList<>();
    int together = picture.layout().isPlanar() ? 1 : picture.model().samples;
    for (int first = 0; first < picture.model().samples; first += together) {
      for (int top = 0; top < picture.height(); top += chunkHeight) {
        for (int left = 0; left < picture.width(); left += chunkWidth) {
          chunks.add(TiffPacker.pack(picture.packing(), rows(left, top, first, together)));
        }
      }
    }
    return chunks;
  }

  private byte[] rows(int left, int top, int first, int together) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    int bottom = top + chunkHeight;
    if (!picture.layout().isTiled()) {
      bottom = Math.min(bottom, picture.height());
    }
    for (int y = top; y < bottom; y++) {
      int[] row = new int[chunkWidth * together];
      for (int i = 0; i < row.length; i++) {
        // Beside the picture tiles repeat its edge.
        int x = Math.min(left + i / together, picture.width() - 1);
        int pixel = Math.min(y, picture.height() - 1) * picture.width() + x;
        row[i] = picture.samples()[pixel * picture.model().samples + first + i % together];
      }
      if (picture.packing().predictor == 2) {
        for (int i = row.length - 1; i >= together; i--) {
          row[i] -= row[i - together];
        }
      }
      rows.writeBytes(packed(row));
    }
    return rows.toByteArray();
  }

  private byte[] packed(int[] row) {
    int bits = picture.bits();
    byte[] bytes = new byte[(row.length * bits + 7) / 8];
    boolean isSwapped = picture.layout().isLittleEndian() && (bits == 16 || bits == 32);
    for (int i = 0; i < row.length; i++) {
      for (int bit = 0; bit < bits; bit++) {
        if ((row[i] >> (bits - 1 - bit) & 1) != 0) {
          int at = i * bits + (isSwapped ? bit ^ (bits - 8) : bit);
          bytes[at >> 3] |= (byte) (0x80 >> (at & 7));
        }
      }
    }
    return bytes;
  }
}
