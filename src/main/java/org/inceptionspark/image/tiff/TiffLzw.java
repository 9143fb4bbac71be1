package org.inceptionspark.image.tiff;

import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageFormat;

/**
 * TIFF's LZW (TIFF 6.0, section 13): most significant bit first, codes grow one entry early. Before
 * version 5 of the format some writers put the least significant bit first, and grew codes at the
 * usual time.
 */
final class TiffLzw implements ByteSource {
  private static final int MOST_CODES = 4096;
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int NONE = -1;

  private final byte[] data;
  private final int end;
  private final boolean isOld;
  private int position;

  // The string of a code ends with last[code]; what comes before is the string of before[code].
  private final short[] before = new short[MOST_CODES];
  private final byte[] first = new byte[MOST_CODES];
  private final byte[] last = new byte[MOST_CODES];
  private final short[] length = new short[MOST_CODES];
  private int next = FIRST;
  private int codeBits = 9;
  private int previous = NONE;

  private int buffer;
  private int buffered;

  // The part of the latest code's string that has not been read yet.
  private final byte[] string = new byte[MOST_CODES];
  private int stringFrom;
  private int stringEnd;

  TiffLzw(byte[] data, int start, int end) {
    this.data = data;
    this.position = start;
    this.end = end;
    // Data begins with a clear code: 256 in 9 bits, in either bit order.
    this.isOld = end - start >= 2 && data[start] == 0 && (data[start + 1] & 1) == 1;
    for (int i = 0; i < CLEAR; i++) {
      first[i] = (byte) i;
      last[i] = (byte) i;
      length[i] = 1;
    }
  }

  @Override
  public void read(byte[] target) throws ImageException {
    int filled = 0;
    while (filled < target.length) {
      if (stringFrom == stringEnd) {
        nextString();
      }
      int count = Math.min(stringEnd - stringFrom, target.length - filled);
      System.arraycopy(string, stringFrom, target, filled, count);
      stringFrom += count;
      filled += count;
    }
  }

  private void nextString() throws ImageException {
    int code = code();
    while (code == CLEAR) {
      next = FIRST;
      codeBits = 9;
      previous = NONE;
      code = code();
    }
    if (code == END) {
      throw ByteSource.endsEarly();
    }
    boolean isKnown = code < CLEAR || (code >= FIRST && code < next && previous != NONE);
    boolean isNext = code == next && previous != NONE && next < MOST_CODES;
    if (!isKnown && !isNext) {
      throw ImageException.corrupt(ImageFormat.TIFF, "LZW code " + code + " is not in the table");
    }
    if (previous != NONE && next < MOST_CODES) {
      add(isNext ? previous : code);
    }
    expand(code);
    previous = code;
  }

  /** A new entry: the previous string and the first byte of the one that follows it. */
  private void add(int follower) {
    before[next] = (short) previous;
    length[next] = (short) (length[previous] + 1);
    first[next] = first[previous];
    last[next] = first[follower];
    next++;
    if (next == (1 << codeBits) - (isOld ? 0 : 1) && codeBits < 12) {
      codeBits++;
    }
  }

  private void expand(int code) {
    stringFrom = 0;
    stringEnd = length[code];
    int rest = code;
    for (int at = stringEnd - 1; at >= 0; at--) {
      string[at] = last[rest];
      rest = before[rest];
    }
  }

  private int code() throws ImageException {
    while (buffered < codeBits) {
      if (position >= end) {
        throw ByteSource.endsEarly();
      }
      int octet = data[position++] & 0xff;
      buffer = isOld ? buffer | octet << buffered : buffer << 8 | octet;
      buffered += 8;
    }
    buffered -= codeBits;
    if (isOld) {
      int code = buffer & ((1 << codeBits) - 1);
      buffer >>>= codeBits;
      return code;
    }
    return buffer >>> buffered & ((1 << codeBits) - 1);
  }
}
