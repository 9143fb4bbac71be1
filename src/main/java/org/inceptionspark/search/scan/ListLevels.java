package org.inceptionspark.search.scan;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The rows of a page of a Parquet list column, from its repetition and definition levels. Levels
 * are stored as runs of equal values, of which a list of 2048 floats has two, so they are read by
 * runs, not one by one (Parquet's RLE and bit-packing hybrid encoding).
 */
final class ListLevels {
  private final int levels;
  private int[] starts = new int[256];
  private int[] missing;
  private int rows;

  private ListLevels(int levels) {
    this.levels = levels;
  }

  /**
   * @param repetition levels of at most 1
   * @param maxDefinition the level of a value that is there
   * @param levels number of each kind
   */
  static ListLevels read(
      ByteBuffer repetition, ByteBuffer definition, int maxDefinition, int levels) {
    ListLevels lists = new ListLevels(levels);
    new Runs(repetition, 1, levels).forEach(lists::addRepetition);
    lists.missing = new int[lists.rows];
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(maxDefinition);
    new Runs(definition, width, levels)
        .forEach(
            (from, to, level) -> {
              if (level != maxDefinition) {
                lists.addMissing(from, to);
              }
            });
    return lists;
  }

  int rows() {
    return rows;
  }

  /** Whether the page begins with a row, not in the middle of one. */
  boolean startsWithRow() {
    return rows > 0 && starts[0] == 0;
  }

  /** Values that the page holds for a row. */
  int values(int row) {
    return entries(row) - missing[row];
  }

  /** Whether a row is a list without nulls in it. */
  boolean whole(int row) {
    return missing[row] == 0;
  }

  private int entries(int row) {
    return (row + 1 < rows ? starts[row + 1] : levels) - starts[row];
  }

  private void addRepetition(int from, int to, int level) {
    if (level == 0) {
      for (int i = from; i < to; i++) {
        if (rows == starts.length) {
          starts = Arrays.copyOf(starts, 2 * rows);
        }
        starts[rows++] = i;
      }
    }
  }

  private void addMissing(int from, int to) {
    for (int i = from; i < to; i++) {
      int found = Arrays.binarySearch(starts, 0, rows, i);
      missing[found >= 0 ? found : -found - 2]++;
    }
  }

  private interface Run {
    void accept(int from, int to, int level);
  }

  /**
   * The hybrid encoding: a header distinguishes a run of one value from groups of eight packed
   * values.
   */
  private record Runs(ByteBuffer bytes, int width, int count) {
    void forEach(Run run) {
      int at = 0;
      while (at < count) {
        int header = unsigned();
        at = (header & 1) == 0 ? repeated(at, header >>> 1, run) : packed(at, header >>> 1, run);
      }
    }

    private int repeated(int at, int length, Run run) {
      int end = Math.min(count, at + length);
      run.accept(at, end, bytes.get() & 0xff);
      return end;
    }

    private int packed(int at, int groups, Run run) {
      int end = Math.min(count, at + 8 * groups);
      int position = at;
      for (int group = 0; group < groups; group++) {
        long bits = 0;
        for (int i = 0; i < width; i++) {
          bits |= (bytes.get() & 0xffL) << (8 * i);
        }
        for (int i = 0; i < 8 && position < end; i++, position++) {
          run.accept(position, position + 1, (int) (bits >>> (i * width)) & ((1 << width) - 1));
        }
      }
      return end;
    }

    private int unsigned() {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes.get();
        value |= (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }
}
