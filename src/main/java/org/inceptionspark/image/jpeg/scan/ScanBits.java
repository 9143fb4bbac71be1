package org.inceptionspark.image.jpeg.scan;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The bits of one scan, from restart marker to restart marker. A segment's stuffed zeros are
 * removed before its bits are read, so that reading need not look for markers. Zeros follow a
 * segment's end; {@link #isExhausted} says whether some of them were taken.
 *
 * <p>The fields are open to the decoders, which keep them in local variables during a block.
 */
public final class ScanBits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);
  private static final int TAIL = 16;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;

  private final byte[] file;
  private final int end;
  private int next;
  private int restarts;

  private byte[] segment = new byte[1 << 12];
  private int segmentEnd;

  /** The next bits, left-aligned. */
  public long bits;

  /** The number of these bits. */
  public int count;

  /** The byte after them in the segment. */
  public int position;

  public ScanBits(byte[] file, int start, int end) {
    this.file = file;
    this.next = start;
    this.end = end;
    readSegment();
  }

  /** True once bits were taken that the segment does not have. */
  public boolean isExhausted() {
    return ((long) position << 3) - count > (long) segmentEnd << 3;
  }

  /** Makes at least 56 bits available. */
  public void refill() {
    bits |= longAt(segment, position) >>> count;
    int bytes = 63 - count >> 3;
    position = Math.min(position + bytes, segmentEnd + 8);
    count += bytes << 3;
  }

  /** The array that {@link #position} points into, with zeros after its end. */
  public byte[] segment() {
    return segment;
  }

  /** The furthest {@link #position}. */
  public int lastPosition() {
    return segmentEnd + 8;
  }

  public static long longAt(byte[] array, int index) {
    return (long) LONG.get(array, index);
  }

  /** The next {@code size} bits, at most 16, as a number. */
  public int take(int size) {
    if (count < 32) {
      refill();
    }
    int value = (int) (bits >>> 1 >>> 63 - size);
    bits <<= size;
    count -= size;
    return value;
  }

  /**
   * Continues after the next restart marker. As in libjpeg, a marker whose number is ahead by one
   * or two is not consumed, since the data before it is lost; other wrong numbers are taken for a
   * damaged marker.
   */
  public void restart() {
    int expected = restarts++ & 7;
    skipToMarker();
    if (next < end) {
      int found = (file[next + 1] & 0xff) - RST0;
      int ahead = found - expected & 7;
      if (ahead == 1 || ahead == 2) {
        empty();
        return;
      }
      next += 2;
    }
    readSegment();
  }

  /** Moves to the next restart marker of this scan; anything else is skipped. */
  private void skipToMarker() {
    while (next < end) {
      next = indexOfFf(file, next, end);
      int code = next + 1 < end ? file[next + 1] & 0xff : 0;
      if (code >= RST0 && code <= RST7) {
        return;
      }
      next++;
    }
    next = end;
  }

  private void empty() {
    segmentEnd = 0;
    reset();
  }

  private void reset() {
    Arrays.fill(segment, segmentEnd, segmentEnd + TAIL + 8, (byte) 0);
    bits = 0;
    count = 0;
    position = 0;
  }

  /** Copies up to the next marker; ff 00 means the byte ff, however many ff come before the 00. */
  private void readSegment() {
    segmentEnd = 0;
    while (next < end) {
      int ff = indexOfFf(file, next, end);
      append(next, ff);
      int behind = ff;
      while (behind < end && file[behind] == (byte) 0xff) {
        behind++;
      }
      if (behind >= end || file[behind] != 0) {
        next = behind < end ? behind - 1 : end;
        break;
      }
      append(ff, ff + 1);
      next = behind + 1;
    }
    append(next, next);
    reset();
  }

  private void append(int from, int to) {
    int needed = segmentEnd + to - from + TAIL + 8;
    if (segment.length < needed) {
      int most = end - from + segmentEnd + TAIL + 8;
      segment = Arrays.copyOf(segment, Math.max(needed, Math.min(2 * needed, most)));
    }
    System.arraycopy(file, from, segment, segmentEnd, to - from);
    segmentEnd += to - from;
  }

  /** The first ff at or after {@code from}, or {@code end}. */
  public static int indexOfFf(byte[] file, int from, int end) {
    int at = from;
    for (; at + 8 <= end; at += 8) {
      long inverted = ~longAt(file, at);
      if ((inverted - 0x0101010101010101L & ~inverted & 0x8080808080808080L) != 0) {
        break;
      }
    }
    while (at < end && file[at] != (byte) 0xff) {
      at++;
    }
    return at;
  }
}
