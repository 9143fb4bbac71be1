package org.inceptionspark.search.scan;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Floats that a page gives as indices into a dictionary: a byte with the width of an index, then
 * runs of either one repeated index or packed groups of eight. Parquet's own reader takes them
 * value by value.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Encodings: RLE
 *     and bit-packing hybrid</a>
 */
final class DictionaryValues implements EmbeddingPage.Values {
  private static final int GROUP = 8;

  private final float[] dictionary;
  private final ByteBuffer page;
  private final int width;
  private final int mask;

  /** Values left of the run. */
  private int left;

  private boolean packed;
  private float repeated;

  /** Where the next packed number begins. */
  private long bit;

  /**
   * @param page little-endian, from its width on
   */
  DictionaryValues(float[] dictionary, ByteBuffer page) {
    this.dictionary = dictionary;
    this.page = page;
    this.width = page.get();
    this.mask = (int) ((1L << width) - 1);
  }

  @Override
  public void read(float[] target) {
    for (int done = 0; done < target.length; ) {
      int count = take(target.length - done);
      if (packed) {
        unpack(target, done, count);
      } else {
        Arrays.fill(target, done, done + count, repeated);
      }
      done += count;
    }
  }

  @Override
  public void skip(int values) {
    for (int done = 0; done < values; ) {
      int count = take(values - done);
      bit += packed ? (long) count * width : 0;
      done += count;
    }
  }

  /** As many of the run's values as are wanted; the next run's, once there are none. */
  private int take(int wanted) {
    if (left == 0) {
      startRun();
    }
    int count = Math.min(wanted, left);
    left -= count;
    return count;
  }

  private void startRun() {
    int header = varint();
    packed = (header & 1) == 1;
    int length = header >>> 1;
    if (packed) {
      left = length * GROUP;
      bit = (long) page.position() * Byte.SIZE;
      // The last group of a page may be cut off after its last value.
      page.position(Math.min(page.limit(), page.position() + length * width));
    } else {
      left = length;
      repeated = dictionary[(int) bits((long) page.position() * Byte.SIZE) & mask];
      page.position(page.position() + (width + Byte.SIZE - 1) / Byte.SIZE);
    }
  }

  private int varint() {
    int value = 0;
    int shift = 0;
    for (int next = page.get(); ; next = page.get()) {
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
      shift += 7;
    }
  }

  private void unpack(float[] target, int from, int count) {
    for (int i = from; i < from + count; i++) {
      target[i] = dictionary[(int) bits(bit) & mask];
      bit += width;
    }
  }

  /** At least 32 bits from here, lowest first; beyond the page's end they are 0. */
  private long bits(long from) {
    int at = (int) (from / Byte.SIZE);
    long word;
    if (at + Long.BYTES <= page.limit()) {
      word = page.getLong(at);
    } else {
      word = 0;
      for (int i = at; i < page.limit(); i++) {
        word |= (page.get(i) & 0xFFL) << Byte.SIZE * (i - at);
      }
    }
    return word >>> from % Byte.SIZE;
  }
}
